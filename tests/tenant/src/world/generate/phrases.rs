//! What events are about.

/// Subjects of meetings.
pub const SUBJECTS: [&str; 36] = [
    "Roadmap review",
    "Entrevista: diseñadora sénior",
    "Budget 2027, first pass",
    "Sync with Fabrikam",
    "Kundentermin Wörlitz AG",
    "Incident review",
    "1:1",
    "Release planning",
    "Formación: accesibilidad",
    "Contract terms, Northwind",
    "Quarterly numbers",
    "Design critique",
    "Обсуждение договора",
    "採用面接",
    "Onboarding buddies",
    "Security questions",
    "Demo for the board",
    "Vendor call",
    "Retrospective",
    "Customer interview",
    "Παρουσίαση έργου",
    "Legal: data processing",
    "Hiring panel",
    "Office move",
    "Pricing workshop",
    "Comida de equipo",
    "اجتماع المشروع",
    "פגישת תכנון",
    "프로젝트 회의",
    "परियोजना बैठक",
    "Migration dry run",
    "Support hand-over",
    "Travel plans",
    "Press call",
    "Lunch & learn: Rust",
    "Backlog triage",
];

/// Subjects that lists and logs must survive: markup, bidirectional control, SQL, emoji, wide letters.
pub const ODD_SUBJECTS: [&str; 7] = [
    "<img src=x onerror=alert(1)> & \"quotes\"",
    "Robert'); DROP TABLE events;--",
    "Plan \u{202e}gnp.exe",
    "👩‍👩‍👧‍👦 Family day 🏳️‍🌈",
    "{{7*7}} ${jndi:ldap://x}",
    "  leading and trailing  ",
    "Zero\u{200b}width",
];

/// Subjects of series.
pub const SERIES_SUBJECTS: [&str; 12] = [
    "Team stand-up",
    "Weekly staff meeting",
    "Sprint planning",
    "1:1 with Iñaki",
    "Pipeline review",
    "Yoga im Büro",
    "Monthly close",
    "Architecture guild",
    "Customer council",
    "Coffee roulette",
    "On-call hand-over",
    "Clase de inglés",
];

/// Subjects of whole days.
pub const ALL_DAY_SUBJECTS: [&str; 7] = [
    "Public holiday",
    "Offsite Sevilla",
    "Vacaciones Nuria",
    "Trade fair",
    "Working from Berlin",
    "Quarter end",
    "Hackathon",
];

/// Notes of invitations.
pub const NOTES: [&str; 8] = [
    "",
    "Please bring your questions.",
    "Agenda:\n1. Last week's actions\n2. Numbers\n3. What is next\nNotes: https://wiki.contoso.example/notes?id=7",
    "Hola a todos:\nnos vemos para cerrar los puntos abiertos.\nUn saludo, Álvaro",
    "Kurzer Abgleich vor dem Termin. Unterlagen folgen; bitte <Entwurf> & Anlagen lesen.",
    "Follow-up of our call on Tuesday. The draft is in the shared folder; comments are welcome until the evening before. Everybody should have read chapter two and the open questions at its end, because we will go through them one by one and decide. Whoever cannot come sends a deputy who may decide as well. Minutes are kept in the usual place.",
    "ご確認ください。資料は後ほど送ります。",
    "See the attached slides.",
];

/// Rooms: name and mail alias.
pub const ROOMS: [(&str, &str); 5] = [
    ("Sala Cibeles", "sala.cibeles"),
    ("Conf Room Baker", "baker"),
    ("Raum Spree (12)", "raum.spree"),
    ("Sala Retiro", "sala.retiro"),
    ("会議室 3", "room3"),
];

/// Places outside.
pub const PLACES: [&str; 5] = [
    "Café Comercial, Glorieta de Bilbao 7",
    "Customer site; ask at the gate",
    "Phone: +34 910 123 456",
    "Stand 14 / Halle 3",
    "My office",
];

/// Outlook's categories.
pub const CATEGORIES: [&str; 4] = ["Red category", "Travel", "Cliente", "Blue category"];
