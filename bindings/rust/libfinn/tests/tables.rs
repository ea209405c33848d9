//! CSV files read into memory: columns, names, numbers, and what is refused.
mod support;
use libfinn::{Status, Table};
use support::{Temporary, assert_refused};

const TEXT: &[u8] = b"# made by hand\nname,x,\"y\"\nfirst,1,2.5\nsecond,-3,\"4e2\"\n";

#[test]
fn columns_are_chosen_by_name_or_number() {
    let file = Temporary::new("table.csv", TEXT);
    let table = Table::read(file.path(), &["y", "x"]).unwrap();
    assert_eq!((table.rows(), table.columns()), (2, 2));
    assert_eq!((table.name(0), table.name(1), table.name(2)), ("y", "x", ""));
    assert_eq!(table.values().unwrap(), [2.5, 1.0, 400.0, -3.0]);
    let by_number = Table::read(file.path(), &["3", "2"]).unwrap();
    assert_eq!(by_number.values().unwrap(), table.values().unwrap());
    assert!(format!("{table:?}").contains("rows: 2"));
}

#[test]
fn without_a_choice_there_are_all_columns() {
    let file = Temporary::new("plain.csv", b"1,2,3\n4,5,6\n");
    let table = Table::read(file.path(), &[]).unwrap();
    assert_eq!((table.rows(), table.columns(), table.name(0)), (2, 3, ""));
    assert_eq!(table.values().unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_refused(table.values_into(&mut [0.0; 5]), Status::Size, "values");
}

#[test]
fn what_is_no_table_of_numbers_is_refused() {
    let file = Temporary::new("bad-table.csv", TEXT);
    let words = Table::read(file.path(), &[]).unwrap_err();
    assert_eq!(words.status(), Status::Format, "{words}");
    assert!(words.to_string().contains("bad-table.csv"), "{words}");
    let unknown = Table::read(file.path(), &["z"]).unwrap_err();
    assert!(unknown.to_string().contains('z'), "{unknown}");
    let missing = Table::read("/no/such/file.csv", &[]);
    assert_eq!(missing.unwrap_err().status(), Status::File);
    assert_refused(Table::read("zero\0byte", &[]), Status::Argument, "path");
    assert_refused(Table::read(file.path(), &["zero\0byte"]), Status::Argument, "columns");
}
