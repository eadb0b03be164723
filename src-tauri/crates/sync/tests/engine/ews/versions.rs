//! Servers and mailboxes that are older than we ask.

use super::answers::{contact_folder, fault, probe, refuse, resolutions, single};
use super::calendar::has;
use super::office::Office;
use convoke_model::photo::Photo;

#[tokio::test]
async fn an_older_server_is_asked_in_its_own_version_from_then_on() {
    for code in [
        "ErrorInvalidServerVersion",
        "ErrorIncorrectSchemaVersion",
        "ErrorInvalidSchemaVersionForMailboxVersion",
    ] {
        let office = Office::new();
        has(&office, &[single("S", "Lunch", 12)]);
        office.server.on("GetFolder", [fault(code, ""), refuse("GetFolder", code), probe()]);
        let report = office.synced().await;
        assert_eq!(report.requests, 7);
        let asked = office.server.take();
        let versions = ["Exchange2013_SP1", "Exchange2013", "Exchange2010_SP2"];
        for (asked, version) in asked.iter().zip(versions) {
            assert!(asked.operation == "GetFolder" && asked.is_version(version), "{asked:?}");
        }
        assert!(asked[2..].iter().all(|asked| asked.is_version("Exchange2010_SP2")));
        assert!(asked.iter().all(|asked| !asked.body.contains("JoinOnlineMeetingUrl")));
        office.synced().await;
        assert!(office.server.take().iter().all(|asked| asked.is_version("Exchange2010_SP2")));
        // What came later, it does not have.
        let photo = office.engine.directory_photo("ana@x.test", None).await;
        assert_eq!(photo.unwrap(), Photo::None);
        office.server.on("ResolveNames", [resolutions(&[("Ana", "ana@x.test")])]);
        assert_eq!(office.engine.search_directory("ana", 5).await.unwrap().len(), 1);
        assert_eq!(office.server.take_operations(), ["ResolveNames"]);
    }
}

#[tokio::test]
async fn where_no_version_is_taken_nothing_is_remembered() {
    let office = Office::new();
    let refused = || refuse("GetFolder", "ErrorInvalidServerVersion");
    office.server.on("GetFolder", [refused(), refused(), refused(), probe()]);
    let report = office.calendar().await;
    assert_eq!((report.status.code.as_deref(), report.requests), (Some("ErrorInvalidServerVersion"), 3));
    office.server.on(
        "FindFolder",
        [super::answers::folders(&[
            super::answers::calendar("CAL=", "Calendar"),
            contact_folder("CON=", "Contacts"),
        ])],
    );
    office.synced().await;
    assert!(office.server.asked()[3].is_version("Exchange2013_SP1"));
}
