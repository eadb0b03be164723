//! Without a network the cache is read as before, and its age is told.

use convoke_desk::Office;
use convoke_tenant::Options;

#[test]
fn f30_what_was_synced_is_read_offline() {
    let mut office = Office::of(Options { events: 60, contacts: 40, ..Options::default() });
    office.connect();
    office.desk.run(&["sync"]).done();
    let today = office.desk.run(&["agenda"]).done();
    let contacts = office.desk.run(&["contacts", "a"]).done();
    assert!(!today["meetings"].as_array().expect("a list").is_empty());
    office.cut_network();
    let sync = office.desk.run(&["sync"]);
    assert_eq!(sync.status, 5, "{sync:?}");
    let again = office.desk.run(&["agenda"]).done();
    assert_eq!(again["meetings"], today["meetings"]);
    assert_eq!(again["asOf"], today["asOf"]);
    assert_eq!(office.desk.run(&["contacts", "a"]).done()["contacts"], contacts["contacts"]);
    let status = office.desk.run(&["status"]).done();
    assert_eq!(status["services"]["calendar"]["state"], "connected", "{status}");
}
