//! `newsgraph.toml` in the folder: what the options are where neither the command line nor the
//! environment sets them.
//!
//! ```toml
//! store = "news"              # an option of every command
//!
//! [query]                     # the options of one command
//! format = "csv"
//! ```

use std::io::{self, Write as _};
use std::path::Path;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Cli, Exit};

/// The name of the file.
const FILE: &str = "newsgraph.toml";

/// What can be wrong with the settings.
#[derive(Debug, Error)]
enum SettingsError {
    /// The file is there and cannot be read.
    #[error("{FILE}: {0}")]
    Read(io::Error),
    /// Neither an option nor a command.
    #[error("{FILE}:{line}: {of} has no option \"{name}\"; it takes {known}")]
    Unknown { line: usize, of: String, name: String, known: String },
    /// The file is not TOML, or an option does not take its value.
    #[error("{FILE}:{line}: {message}")]
    Value { line: usize, message: String },
}

/// Parses the command line over the settings of the working folder. Prints what is wrong, and the
/// help where it was asked for.
///
/// # Errors
///
/// How the process is to end where there is nothing to run.
pub fn parse() -> Result<Cli, Exit> {
    let settled = settle(Cli::command(), Path::new(FILE)).map_err(|error| {
        drop(writeln!(io::stderr().lock(), "newsgraph: {error}"));
        Exit::Usage
    })?;
    let parsed = settled.try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        // Nobody is left to tell where the stream is closed.
        drop(error.print());
        if error.use_stderr() { Exit::Usage } else { Exit::Done }
    })
}

/// The command line with the file's values as its defaults; as it is where there is no file.
#[expect(clippy::disallowed_methods, reason = "the command line reads its settings")]
fn settle(program: Command, file: &Path) -> Result<Command, SettingsError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(program),
        Err(error) => return Err(SettingsError::Read(error)),
    };
    apply(program, &text)
}

fn apply(mut program: Command, text: &str) -> Result<Command, SettingsError> {
    let line = |offset: usize| text.get(..offset).unwrap_or(text).matches('\n').count() + 1;
    let table = DeTable::parse(text).map_err(|error| SettingsError::Value {
        line: line(error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    for (key, value) in in_order(table.get_ref()) {
        let (name, at) = (key.get_ref().to_string(), line(key.span().start));
        match (value.get_ref(), program.find_subcommand(&name).cloned()) {
            (DeValue::Table(options), Some(mut command)) => {
                for (key, value) in in_order(options) {
                    let at = line(key.span().start);
                    command = with_default(command, key.get_ref(), value, at)?;
                }
                program = program.mut_subcommand(name, |_| command);
            }
            _ => program = with_default(program, &name, value, at)?,
        }
    }
    Ok(program)
}

/// What a table holds, as the file has it.
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The command with another default for one of its options.
fn with_default(
    command: Command,
    name: &str,
    value: &Spanned<DeValue<'_>>,
    line: usize,
) -> Result<Command, SettingsError> {
    let Some(option) = options(&command).find(|option| option.get_long() == Some(name)) else {
        return Err(SettingsError::Unknown {
            line,
            of: command.get_name().to_owned(),
            name: name.to_owned(),
            known: options(&command).filter_map(Arg::get_long).collect::<Vec<_>>().join(", "),
        });
    };
    let values = texts(value.get_ref(), option.get_action())
        .ok_or_else(|| SettingsError::Value { line, message: takes(option, name) })?;
    let id = option.get_id().clone();
    if option.get_action().takes_values() {
        let attempt = command
            .clone()
            .no_binary_name(true)
            .try_get_matches_from(values.iter().map(|value| format!("--{name}={value}")));
        // What else the command needs is not the file's to say.
        if let Err(error) = attempt
            && matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation)
        {
            let message = error.to_string();
            let first = message.lines().next().unwrap_or_default();
            let message = first.trim_start_matches("error: ").to_owned();
            return Err(SettingsError::Value { line, message });
        }
    }
    Ok(command.mut_arg(id, |option| option.default_values(values)))
}

/// The options that a file may set.
fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    let settable = |option: &&Arg| {
        !matches!(
            option.get_action(),
            ArgAction::Help | ArgAction::HelpLong | ArgAction::HelpShort | ArgAction::Version
        )
    };
    command.get_arguments().filter(settable)
}

/// A value as the command line would write it; none where the option cannot take it.
fn texts(value: &DeValue<'_>, action: &ArgAction) -> Option<Vec<String>> {
    let scalar = |value: &DeValue<'_>| match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    };
    match (action, value) {
        (ArgAction::SetTrue, DeValue::Boolean(on)) => Some(vec![on.to_string()]),
        (ArgAction::Count, DeValue::Integer(count)) => Some(vec![count.to_string()]),
        (ArgAction::Append, DeValue::Array(items)) => {
            items.iter().map(|item| scalar(item.get_ref())).collect()
        }
        (ArgAction::Set | ArgAction::Append, value) => Some(vec![scalar(value)?]),
        _ => None,
    }
}

fn takes(option: &Arg, name: &str) -> String {
    let what = match option.get_action() {
        ArgAction::SetTrue => "true or false",
        ArgAction::Count => "a number",
        ArgAction::Append => "a value or a list of values",
        _ => "one value",
    };
    format!("{name} takes {what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, line: &[&str]) -> Result<Cli, String> {
        let program = apply(Cli::command(), text).map_err(|error| error.to_string())?;
        let matches = program.try_get_matches_from(line).map_err(|error| error.to_string())?;
        Cli::from_arg_matches(&matches).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_is_under_the_command_line() {
        let text = "store = \"news\"\nquiet = true\nverbose = 2\n";
        let settled = parsed(text, &["newsgraph", "articles"]).unwrap().global;
        assert_eq!(settled.store, Path::new("news"));
        assert!(settled.quiet);
        assert_eq!(settled.verbose, 2);
        let told = parsed(text, &["newsgraph", "--store", "other", "articles"]).unwrap().global;
        assert_eq!(told.store, Path::new("other"));
    }

    #[test]
    fn a_command_has_its_own() {
        let text = "[check]\njobs = 3\n";
        let settled = parsed(text, &["newsgraph", "check"]).unwrap();
        assert!(format!("{settled:?}").contains('3'), "{settled:?}");
    }

    #[test]
    fn what_no_option_takes_is_told_with_its_line() {
        let message = |text: &str| parsed(text, &["newsgraph", "articles"]).unwrap_err();
        let unknown = message("quiet = true\nstor = \"x\"\n");
        assert!(
            unknown.starts_with("newsgraph.toml:2: newsgraph has no option \"stor\""),
            "{unknown}"
        );
        let value = message("\ncolor = \"pink\"\n");
        assert!(value.starts_with("newsgraph.toml:2: invalid value 'pink'"), "{value}");
        let kind = message("quiet = \"yes\"\n");
        assert_eq!(kind, "newsgraph.toml:1: quiet takes true or false");
        let syntax = message("quiet = \n");
        assert!(syntax.starts_with("newsgraph.toml:1: "), "{syntax}");
        let nested = message("[check]\nstore = 1\nspeed = 2\n");
        assert!(nested.starts_with("newsgraph.toml:2: check has no option"), "{nested}");
    }
}
