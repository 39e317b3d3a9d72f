//! The tables of rules: tokenizer, norms, attribute ruler, lemmatizer.

use std::collections::BTreeMap;

use rmpv::ValueRef;

use super::value::{Node, decode};
use super::{
    Check, KeyTable, Layer, LemmaData, LemmaTable, ModelError, RuleData, Test, TokenTest,
    TokenizerData,
};
use crate::text::hash::string_id;

/// Numbers of ORTH and NORM, the keys of a special case.
const ORTH: i64 = 65;
const NORM: i64 = 67;

/// Reads the file `tokenizer`.
pub(crate) fn read_tokenizer(part: &str, bytes: &[u8]) -> Result<TokenizerData, ModelError> {
    let value = decode(part, bytes)?;
    let root = Node::new(part, &value);
    let source = |key: &str| -> Result<Option<String>, ModelError> {
        match root.find(key)? {
            Some(node) if !node.is_nil() => Ok(Some(node.text()?.to_owned())),
            _ => Ok(None),
        }
    };
    let rules = match root.find("exceptions")? {
        Some(rules) => rules,
        None => root.get("rules")?,
    };
    let mut exceptions = Vec::new();
    for (chunk, tokens) in rules.map()? {
        let chunk = root.with(chunk).text()?.to_owned();
        let tokens =
            root.with(tokens).nodes()?.map(special_token).collect::<Result<Vec<_>, _>>()?;
        exceptions.push((chunk, tokens));
    }
    exceptions.sort();
    Ok(TokenizerData {
        prefix: source("prefix_search")?,
        suffix: source("suffix_search")?,
        infix: source("infix_finditer")?,
        token_match: source("token_match")?,
        url_match: source("url_match")?,
        exceptions,
    })
}

fn special_token(token: Node<'_, '_>) -> Result<(String, Option<String>), ModelError> {
    let mut orth = None;
    let mut norm = None;
    for (key, value) in token.map()? {
        match token.with(key).integer()? {
            ORTH => orth = Some(token.with(value).text()?.to_owned()),
            NORM => norm = Some(token.with(value).text()?.to_owned()),
            other => {
                return Err(ModelError::unsupported(format!(
                    "attribute {other} of a special case"
                )));
            }
        }
    }
    orth.map(|orth| (orth, norm))
        .ok_or_else(|| ModelError::broken(token.part, "a token of a special case without a text"))
}

/// Reads the table `lexeme_norm` of `vocab/lookups.bin`.
pub(crate) fn read_norms(part: &str, bytes: &[u8]) -> Result<Vec<(u64, String)>, ModelError> {
    let value = decode(part, bytes)?;
    let root = Node::new(part, &value);
    let Some(table) = root.find("lexeme_norm")? else { return Ok(Vec::new()) };
    let mut norms = table
        .map()?
        .iter()
        .map(|(id, norm)| Ok((root.with(id).id()?, root.with(norm).text()?.to_owned())))
        .collect::<Result<Vec<_>, ModelError>>()?;
    norms.sort();
    Ok(norms)
}

/// Reads `attribute_ruler/patterns`.
pub(crate) fn read_ruler(part: &str, bytes: &[u8]) -> Result<Vec<RuleData>, ModelError> {
    let value = decode(part, bytes)?;
    Node::new(part, &value).nodes()?.map(rule).collect()
}

fn rule(node: Node<'_, '_>) -> Result<RuleData, ModelError> {
    let patterns = node
        .get("patterns")?
        .nodes()?
        .map(|pattern| pattern.nodes()?.map(token_test).collect::<Result<Vec<_>, _>>())
        .collect::<Result<Vec<Vec<TokenTest>>, ModelError>>()?;
    let mut set = BTreeMap::new();
    let attrs = node.get("attrs")?;
    for (key, value) in attrs.map()? {
        let name = node.with(key).text()?;
        match Layer::parse(name) {
            Some(layer @ (Layer::Tag | Layer::Pos | Layer::Morph | Layer::Lemma | Layer::Dep)) => {
                set.insert(layer, node.with(value).text()?.to_owned());
            }
            _ => return Err(ModelError::unsupported(format!("a rule that sets {name}"))),
        }
    }
    let index = node.find("index")?.map_or(Ok(0), Node::integer)?;
    let index =
        i32::try_from(index).map_err(|e| ModelError::broken(node.part, format!("index: {e}")))?;
    Ok(RuleData { patterns, set, index })
}

fn token_test(node: Node<'_, '_>) -> Result<TokenTest, ModelError> {
    let mut tests = Vec::new();
    for (key, value) in node.map()? {
        let name = node.with(key).text()?;
        let layer = match Layer::parse(name) {
            Some(layer) if !matches!(layer, Layer::Morph | Layer::Lemma) => layer,
            _ => return Err(ModelError::unsupported(format!("a pattern over {name}"))),
        };
        tests.push((layer, test(node.with(value))?));
    }
    Ok(tests)
}

fn test(node: Node<'_, '_>) -> Result<Test, ModelError> {
    if let Some(flag) = node.flag() {
        return Ok(Test::Flag(flag));
    }
    let ValueRef::Map(pairs) = node.value else { return Ok(Test::Is(node.text()?.to_owned())) };
    let [(key, value)] = &pairs[..] else {
        return Err(ModelError::unsupported("a pattern with several conditions on one attribute"));
    };
    let (operator, value) = (node.with(key).text()?, node.with(value));
    let texts = || -> Result<Vec<String>, ModelError> {
        value.nodes()?.map(|n| Ok(n.text()?.to_owned())).collect()
    };
    match operator {
        "IN" => Ok(Test::In(texts()?)),
        "NOT_IN" => Ok(Test::NotIn(texts()?)),
        "REGEX" => Ok(Test::Matches(value.text()?.to_owned())),
        other => Err(ModelError::unsupported(format!("the pattern operator {other}"))),
    }
}

/// Reads `lemmatizer/lookups/lookups.bin` for the coarse parts of speech `pos` (lower case).
pub(crate) fn read_lemmas(
    part: &str,
    bytes: &[u8],
    pos: impl Iterator<Item = String>,
) -> Result<LemmaData, ModelError> {
    let value = decode(part, bytes)?;
    let root = Node::new(part, &value);
    let mut tables = Vec::new();
    for pos in pos {
        let id = string_id(&pos);
        let table = |name: &str| -> Result<Option<Node<'_, '_>>, ModelError> {
            let Some(table) = root.find(name)? else { return Ok(None) };
            let pairs = table.map()?;
            Ok(pairs.iter().find(|(k, _)| k.as_u64() == Some(id)).map(|(_, v)| root.with(v)))
        };
        let (rules, exceptions, index) =
            (table("lemma_rules")?, table("lemma_exc")?, table("lemma_index")?);
        if rules.is_none() && exceptions.is_none() && index.is_none() {
            continue;
        }
        let mut found =
            LemmaTable { rules: Vec::new(), exceptions: Vec::new(), index: KeyTable::empty() };
        if let Some(rules) = rules {
            for rule in rules.nodes()? {
                let [old, new] = rule.list()? else { return Err(rule.wrong("a pair")) };
                let pair = (rule.with(old).text()?, rule.with(new).text()?);
                found.rules.push((pair.0.to_owned(), pair.1.to_owned()));
            }
        }
        if let Some(exceptions) = exceptions {
            for (form, lemmas) in exceptions.map()? {
                let lemmas = root
                    .with(lemmas)
                    .nodes()?
                    .map(|n| Ok(n.text()?.to_owned()))
                    .collect::<Result<Vec<_>, ModelError>>()?;
                found.exceptions.push((root.with(form).text()?.to_owned(), lemmas));
            }
            found.exceptions.sort();
        }
        if let Some(index) = index {
            let forms = index.nodes()?.map(|n| Ok((string_id(n.text()?), 0)));
            found.index =
                KeyTable::build(Check::Wide, forms.collect::<Result<Vec<_>, ModelError>>()?, &[]);
        }
        tables.push((pos, found));
    }
    Ok(LemmaData { tables })
}
