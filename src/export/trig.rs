//! TriG: Turtle with the graphs kept apart.

use std::io::{self, Write};

use oxrdf::NamedNode;

use super::turtle::Printer;
use super::{Document, ExportError, Format, Graph};

pub(super) const FORMAT: Format = Format {
    name: "trig",
    about: "TriG: Turtle with the graphs kept apart",
    extension: "trig",
    media_type: "application/trig",
    graphs: true,
    rdf12: true,
    begin: |options, out| {
        let printer = Printer::new(options);
        out.write_all(printer.head.as_bytes())?;
        Ok(Box::new(TriG { printer, out }))
    },
};

struct TriG<'w> {
    printer: Printer,
    out: &'w mut (dyn Write + 'w),
}

impl Document for TriG<'_> {
    fn graph(&mut self, name: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError> {
        if let Some(name) = name {
            writeln!(self.out, "\n<{}> {{", name.as_str())?;
            self.printer.print(graph, "  ", self.out)?;
            writeln!(self.out, "}}")?;
        } else {
            self.printer.print(graph, "", self.out)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
