//! Files of one row a contact, an event or a replication's figure as Parquet: typed columns that are empty where nothing applies,
//! and a row group for each part that is added.

use std::io::{self, Write};
use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::log_file::Column;

/// Columns of names and words; what is no name, no whole number and no flag is a number: times are seconds.
const TEXTS: &[&str] = &[
    "record",
    "kind",
    "channel",
    "queue",
    "opened_in",
    "result",
    "group",
    "to",
    "returns_to",
    "ending",
    "lost_because",
    "event",
    "detail",
    "scope",
    "name",
    "figure",
    "measure",
];
/// Columns of whole numbers.
const WHOLES: &[&str] = &["replication", "case", "contact", "agent", "legs", "number"];
/// Columns of yes and no.
const FLAGS: &[&str] = &["reported", "delayed", "silently", "in_time"];

/// What is written so far and was not yet taken.
#[derive(Clone, Default)]
struct Taken(Arc<Mutex<Vec<u8>>>);

impl Taken {
    fn bytes(&self) -> Vec<u8> {
        take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Taken {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A Parquet file in the making; all writing is to memory, and what is ready is handed out.
pub struct ParquetFile {
    columns: Vec<&'static str>,
    taken: Taken,
    writer: SerializedFileWriter<Taken>,
}

const IN_MEMORY: &str = "memory takes rows that fit their columns";

impl ParquetFile {
    /// A file of these columns.
    ///
    /// # Panics
    /// Never: the names of columns are plain.
    #[must_use]
    pub fn new(columns: &[Column]) -> ParquetFile {
        let columns: Vec<&'static str> = columns.iter().map(|(name, _)| *name).collect();
        let fields = columns.iter().map(|name| Arc::new(field(name))).collect();
        let schema = Type::group_type_builder("rows").with_fields(fields).build().expect("plain names");
        let about = WriterProperties::builder()
            .set_created_by(concat!("holdline ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let taken = Taken::default();
        let writer = SerializedFileWriter::new(taken.clone(), Arc::new(schema), Arc::new(about));
        ParquetFile { columns, taken, writer: writer.expect(IN_MEMORY) }
    }

    /// Adds the rows of a part, written as JSON lines; gives what is to be written next.
    ///
    /// # Panics
    /// Where a row does not fit the columns: a fault of the program.
    #[must_use]
    pub fn add(&mut self, lines: &[u8]) -> Vec<u8> {
        let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let rows: Vec<Map<String, Value>> =
            lines.map(|line| serde_json::from_slice(line).expect("lines are JSON objects")).collect();
        if !rows.is_empty() {
            let mut group = self.writer.next_row_group().expect(IN_MEMORY);
            for name in &self.columns {
                let cells: Vec<&Value> = rows.iter().map(|row| &row[*name]).collect();
                let text = |value: &Value| value.as_str().map(ByteArray::from);
                match physical(name) {
                    Physical::BYTE_ARRAY => column::<ByteArrayType>(&mut group, name, &cells, text),
                    Physical::INT64 => column::<Int64Type>(&mut group, name, &cells, Value::as_i64),
                    Physical::BOOLEAN => column::<BoolType>(&mut group, name, &cells, Value::as_bool),
                    _ => column::<DoubleType>(&mut group, name, &cells, Value::as_f64),
                }
            }
            group.close().expect(IN_MEMORY);
        }
        self.taken.bytes()
    }

    /// The end of the file.
    ///
    /// # Panics
    /// Never: memory takes it.
    #[must_use]
    pub fn end(self) -> Vec<u8> {
        self.writer.close().expect(IN_MEMORY);
        self.taken.bytes()
    }
}

fn physical(name: &str) -> Physical {
    match () {
        () if TEXTS.contains(&name) => Physical::BYTE_ARRAY,
        () if WHOLES.contains(&name) => Physical::INT64,
        () if FLAGS.contains(&name) => Physical::BOOLEAN,
        () => Physical::DOUBLE,
    }
}

fn field(name: &str) -> Type {
    let physical = physical(name);
    let logical = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    Type::primitive_type_builder(name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
        .expect("plain names")
}

/// One column of a part: its values, and where there are none.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Taken>,
    name: &str,
    cells: &[&Value],
    read: impl Fn(&Value) -> Option<T::T>,
) {
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_null())).collect();
    let values: Vec<T::T> = cells
        .iter()
        .filter(|cell| !cell.is_null())
        .map(|cell| read(cell).unwrap_or_else(|| panic!("`{name}` cannot be {cell}")))
        .collect();
    let mut column = group.next_column().expect(IN_MEMORY).expect("as many as there are names");
    column.typed::<T>().write_batch(&values, Some(&there), None).expect(IN_MEMORY);
    column.close().expect(IN_MEMORY);
}
