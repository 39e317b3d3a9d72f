//! Command → output: `tests/cli/*.md` and the blocks of the README.

/// `TRYCMD=overwrite` writes what the commands say; read it before you commit it.
#[test]
fn commands_say_what_is_written_down() {
    trycmd::TestCases::new().case("tests/cli/*.md").case("README.md");
}
