use super::item;
use crate::xml;
use convoke_model::contact::{Contact, ContactSource, Email, Phone, PostalAddress};

fn read(name: &str, content: &str) -> Result<crate::Item<Contact>, crate::EwsError> {
    let text = format!(
        r#"<t:{name} xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">{content}</t:{name}>"#
    );
    item(&xml::parse(text.as_bytes()).unwrap(), Some("Suppliers"))
}

fn email(address: &str) -> Email {
    Email { kind: "email".to_owned(), address: address.to_owned() }
}

fn phone(kind: &str, number: &str) -> Phone {
    Phone { kind: kind.to_owned(), number: number.to_owned() }
}

#[test]
fn a_contact_with_everything() {
    let item = read(
        "Contact",
        r#"<t:ItemId Id="C1=" ChangeKey="k"/><t:Categories><t:String>Friends</t:String><t:String> </t:String></t:Categories>
        <t:DisplayName>Ana Gil&#x0;</t:DisplayName><t:GivenName>Ana</t:GivenName><t:CompanyName>Contoso</t:CompanyName>
        <t:EmailAddresses><t:Entry Key="EmailAddress2">b@x.example</t:Entry><t:Entry Key="EmailAddress1" Name="Ana" RoutingType="EX" MailboxType="Contact">/o=X/cn=ana</t:Entry><t:Entry Key="EmailAddress3" RoutingType="FAX">Ana@+1</t:Entry></t:EmailAddresses>
        <t:PhysicalAddresses><t:Entry Key="Home"><t:City>Madrid</t:City><t:CountryOrRegion>Spain</t:CountryOrRegion></t:Entry><t:Entry Key="Business"><t:Street> </t:Street></t:Entry></t:PhysicalAddresses>
        <t:PhoneNumbers><t:Entry Key="BusinessFax">9</t:Entry><t:Entry Key="HomePhone">3</t:Entry><t:Entry Key="BusinessPhone">2</t:Entry><t:Entry Key="MobilePhone">1</t:Entry><t:Entry Key="BusinessPhone2"/></t:PhoneNumbers>
        <t:Birthday>1974-07-21T22:00:00Z</t:Birthday><t:Department>R&amp;D</t:Department><t:JobTitle>CTO</t:JobTitle><t:OfficeLocation>1.2</t:OfficeLocation><t:Surname>Gil</t:Surname>"#,
    )
    .unwrap();
    assert_eq!(item.legacy_addresses(), ["/o=X/cn=ana"]);
    let some = |text: &str| Some(text.to_owned());
    let expected = Contact {
        id: "C1=".to_owned(),
        name: "Ana Gil".to_owned(),
        given_name: some("Ana"),
        surname: some("Gil"),
        company: some("Contoso"),
        title: some("CTO"),
        department: some("R&D"),
        office: some("1.2"),
        emails: vec![email("ana@x.example"), email("b@x.example")],
        phones: vec![phone("mobile", "1"), phone("business", "2"), phone("home", "3")],
        addresses: vec![PostalAddress {
            kind: "home".to_owned(),
            city: some("Madrid"),
            country: some("Spain"),
            ..PostalAddress::default()
        }],
        birthday: chrono::NaiveDate::from_ymd_opt(1974, 7, 22),
        categories: vec!["Friends".to_owned()],
        folder: some("Suppliers"),
        source: ContactSource::Ews,
        photo: false,
    };
    assert_eq!(item.resolve(|_| Some("ana@x.example".to_owned())), expected);
}

#[test]
fn names_fall_back() {
    let id = r#"<t:ItemId Id="1" ChangeKey="k"/>"#;
    for (content, expected) in [
        (
            "<t:DisplayName> </t:DisplayName><t:GivenName>Ana</t:GivenName><t:Surname>Gil</t:Surname>",
            "Ana Gil",
        ),
        ("<t:CompanyName>C</t:CompanyName>", "C"),
        (
            r#"<t:EmailAddresses><t:Entry Key="EmailAddress1" RoutingType="EX">/o=X/cn=a</t:Entry></t:EmailAddresses>"#,
            "a@x.example",
        ),
        ("", ""),
    ] {
        let contact =
            read("Contact", &format!("{id}{content}")).unwrap().resolve(|_| Some("a@x.example".to_owned()));
        assert_eq!(contact.name, expected, "{content}");
    }
}

#[test]
fn a_private_list_has_its_members_addresses() {
    let item = read(
        "DistributionList",
        r#"<t:ItemId Id="L=" ChangeKey="k"/><t:Subject>Friends</t:Subject><t:DisplayName>Friends</t:DisplayName><t:Members>
        <t:Member Key="1"><t:Mailbox><t:Name>Ana</t:Name><t:EmailAddress>ana@x.example</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox><t:Status>Normal</t:Status></t:Member>
        <t:Member Key="2"><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>/o=X/cn=ben</t:EmailAddress><t:RoutingType>EX</t:RoutingType></t:Mailbox></t:Member>
        <t:Member Key="3"><t:Mailbox><t:Name>Inner list</t:Name><t:RoutingType>MAPIPDL</t:RoutingType></t:Mailbox></t:Member></t:Members>"#,
    )
    .unwrap();
    let list = item.clone().resolve(|_| None);
    assert_eq!((list.name.as_str(), list.emails), ("Friends", vec![email("ana@x.example")]));
    let twice = item.resolve(|_| Some("Ana@X.example".to_owned()));
    assert_eq!(twice.emails, [email("ana@x.example")], "the same person by two kinds of address");
}

#[test]
fn f43_without_id_or_of_another_kind() {
    for (name, content) in [("Contact", ""), ("Message", r#"<t:ItemId Id="1" ChangeKey="k"/>"#)] {
        assert!(read(name, content).is_err(), "{name}");
    }
}
