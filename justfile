# Each recipe is one line of plain commands: nobody has to install just.

# The main job on an example article: who said what, with the sentence behind each row.
demo:
    cargo run --release --quiet -- query who-said-what --in examples/articles/flood-first-report.txt

# All tests.
test:
    cargo test --quiet

# Rewrites the expected outputs; read the difference before you commit it.
bless:
    UPDATE_EXPECT=1 TRYCMD=overwrite cargo test --quiet

# A mapping case with the next number: the smallest facts, to be made your own; then `just bless`, and read its graph.
new-case SLUG:
    n=$(printf %04d $(($(ls tests/mapping | wc -l) + 1))) && cp -r tests/mapping/0001_own-voice tests/mapping/${n}_{{SLUG}} && rm tests/mapping/${n}_{{SLUG}}/graph.ttl

# The folders of a language, to be filled as `lang/en` shows.
new-language CODE:
    cd lang/en && find . -type d -exec mkdir -p ../{{CODE}}/{} \; && sed 's/"en"/"{{CODE}}"/; s/"English"/"{{CODE}}"/' lang.toml > ../{{CODE}}/lang.toml

# Formatting and lints, with warnings as errors.
lint:
    cargo fmt --check && cargo clippy --all-targets --quiet -- -D warnings

# The library's pages, with warnings as errors.
doc:
    RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --quiet

# All that a change has to pass.
check: lint doc test foreign disks licences

# What other people's readers make of our exports (pip install -r tests/foreign/requirements.txt, apt install raptor2-utils).
foreign:
    cargo build --quiet && python3 tests/foreign/read_back.py target/debug/newsgraph

# `query --endpoint` against another's server (rdflib-endpoint), and another's client against `serve`.
endpoint:
    cargo build --quiet && python3 tests/foreign/endpoint.py target/debug/newsgraph

# Whether every dependency has a licence that ours can live with.
licences:
    python3 tests/foreign/licences.py

# A full disk and a read-only one (needs the right to mount).
disks:
    cargo build --quiet && bash tests/hard/disks.sh target/debug/newsgraph

# Kills `add` a hundred times at random moments: nothing acknowledged is lost, nothing is half there.
kill:
    NEWSGRAPH_KILLS=100 cargo test --release --quiet -- hardship::a_kill --nocapture

# The same for half an hour over each index, in memory and on disk (needs what test-disk needs).
kill-hour:
    NEWSGRAPH_KILL_MINUTES=30 cargo test --release --quiet -- hardship::a_kill --nocapture
    CARGO_TARGET_DIR=target/disk NEWSGRAPH_KILL_MINUTES=30 cargo test --release --quiet --features rocksdb -- hardship::a_kill --nocapture

# Order, jobs and history do not show in a store of real articles (JSON Lines).
corpus ARTICLES:
    cargo build --release --quiet && .ci/corpus target/release/newsgraph {{ARTICLES}}

# The index on disk agrees with the one in memory; compiles RocksDB (g++, libclang1-14, libclang-common-14-dev).
test-disk *INPUTS:
    .ci/disk {{INPUTS}}

# Segments written and loaded, in quads a second, on one core, beside Oxigraph's own loader.
bench-store:
    taskset -c 0 cargo bench --quiet --bench store

# The saved questions over HTTP, on a warm index of the facts in a file: by entity, by day, over the whole store.
questions FACTS:
    cargo build --release --quiet
    target/release/newsgraph serve --in {{FACTS}} & trap "kill $!" EXIT; python3 training/questions.py http://127.0.0.1:7878

# Every other bench: the mapper, the engine, and the saved questions over a file of facts.
bench FACTS="examples/facts.jsonl":
    NEWSGRAPH_BENCH_FACTS={{FACTS}} cargo bench --quiet --bench mapper --bench engine --bench questions

# Words a second of the whole extraction on one core, and each layer's share (`just speed` sets spaCy beside the engine).
bench-extract *ARTICLES:
    taskset -c 0 cargo bench --quiet --bench extract -- {{ARTICLES}}

# Wall and processor time until a short article's facts are out, and the highest memory over many articles.
start *ARTICLES:
    cargo build --release --quiet && python3 benches/start.py target/release/newsgraph {{ARTICLES}}

# Our engine beside Python's spaCy, every layer of every token (training/README.md says what to install).
parity MODEL TEXTS:
    cargo build --release --quiet --example analyse && python3 training/parity.py {{MODEL}} {{TEXTS}}

# CPU time beside `nlp.pipe`, same model, same texts, in turn.
speed MODEL TEXTS:
    cargo build --release --quiet --example analyse && python3 training/speed.py {{MODEL}} {{TEXTS}}

# Article bodies of web pages beside trafilatura's: a folder of pages, their texts, the scorer (training/html.py).
html PAGES GOLD SCORER:
    cargo build --release --quiet && python3 training/html.py target/release/newsgraph {{PAGES}} {{GOLD}} {{SCORER}}

# Planted copies among 5,000 articles: precision and recall.
reprints:
    NEWSGRAPH_REPRINTS=5000 cargo test --release --quiet --test it -- reprints --nocapture

# Which events of many articles are one happening, scored against a gold set by the given scorer.
cross SCORER GOLD ARTICLES:
    cargo build --release --quiet
    target/release/newsgraph events --json --in {{ARTICLES}} > target/happenings.jsonl
    python3 {{SCORER}} {{GOLD}} target/happenings.jsonl --baseline {{ARTICLES}} --by set
    python3 {{SCORER}} {{GOLD}} --baseline {{ARTICLES}}

# The seed article from raw text: its facts beside the reference, and the fifteen questions (SEED is the gold set's folder).
seed SEED:
    cargo build --release --quiet && training/seed.sh target/release/newsgraph {{SEED}}

# Mention F1 of two models' raw names on gold sets, both in the engine.
mentions SCORE MODEL OTHER *GOLD:
    cargo build --release --quiet --example analyse && python3 training/mentions.py {{SCORE}} {{MODEL}} {{OTHER}} {{GOLD}}

# Strict and typed F1 of the extractor's names beside spaCy's, on the same gold sets (SCORE is score.py).
names SCORE *GOLD:
    cargo build --release --quiet && python3 training/names_beside_spacy.py {{SCORE}} {{GOLD}}

# The language engine on aarch64, where NEON runs, by an emulator (apt install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross).
neon:
    CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER='qemu-aarch64 -L /usr/aarch64-linux-gnu' cargo test --target aarch64-unknown-linux-gnu --lib -- text::

# Fuzzes one target of fuzz/ for ten minutes, on any toolchain: coverage by flags that stable has.
fuzz TARGET SECONDS="600":
    .ci/fuzz {{TARGET}} {{SECONDS}}

# Writes src/vocab.rs anew where the ontology has changed.
gen:
    cargo test --quiet --test it vocab

# What 1,000, 5,000 and 20,000 articles made of a set cost, on one and two jobs, and one article more.
many ARTICLES *OPTIONS:
    cargo build --release --quiet && python3 training/many.py target/release/newsgraph {{ARTICLES}} {{OPTIONS}}

# Inputs made to hurt: each ends as facts or as one error line, within the time that an article has and a gigabyte.
hostile *LIMITS:
    cargo build --release --quiet && python3 tests/hard/hostile.py target/release/newsgraph {{LIMITS}}
