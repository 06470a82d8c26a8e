//! What people of the demonstration write.

/// What matters to a customer.
pub(super) const MATTERS: &[&str] = &[
    "No downtime during the season",
    "One person to call when something breaks",
    "Lower energy bills without new machines",
    "That the night shift can run it alone",
    "A clear price before the board meets",
    "Spare parts within a day",
    "Fewer suppliers, longer contracts",
    "Safety of the new people",
];

/// How they measure success.
pub(super) const SUCCESS: &[&str] =
    &["Hours of standstill per quarter", "Cost per unit", "Complaints per month", "Audit without findings", "Lead time under five days"];

/// Roadblocks.
pub(super) const ROADBLOCKS: &[&str] = &[
    "The budget is frozen until autumn",
    "Two sites decide for themselves",
    "A competitor has the framework contract",
    "No IT capacity this year",
];

/// Next steps.
pub(super) const NEXT_STEPS: &[&str] = &[
    "Send the comparison of the two variants",
    "Visit the second site together",
    "Bring the service planner along",
    "Draft the agreement with both options",
    "Call in two weeks about the trial",
    "Show the reference in Zwolle",
];

/// What is promised, and how the customer will know.
pub(super) const PROMISES: &[(&str, &str)] = &[
    ("Send drawings of the new line", "Drawings in the mailbox"),
    ("Measure consumption for a week", "Report with the readings"),
    ("Replace the faulty valve", "The technician signs the log"),
    ("Offer for maintenance over three years", "Offer in writing"),
    ("Training for the night shift", "Date agreed with the shift leader"),
    ("Contact of a customer with the same machine", "Introduction by email"),
    ("Corrected invoice", "New invoice in the portal"),
    ("Delivery date for the spare parts", "Date confirmed by phone"),
];

/// What is promised for a colleague to keep, and how the customer will know.
pub(super) const KEPT_FOR_OTHERS: &[(&str, &str)] = &[
    ("A loan machine until the spare parts are there", "It stands in the hall"),
    ("Check the control unit during the night shift", "A note in the machine log"),
    ("Prices for the second site", "A sheet by email"),
    ("A day of training for the new people", "A date from the planner"),
];

/// What is asked inside for a customer, and what a colleague answers.
pub(super) const ASKED_INSIDE: &[(&str, &str)] = &[
    ("Can the pump run on the night tariff?", "Yes, from the May version on. I can send the wiring plan."),
    ("They want one invoice for both sites.", "Possible from next quarter, finance needs both order numbers."),
    ("Does the valve come in stainless steel?", "It does, with four weeks of delivery time."),
    ("Who of us knows their new plant manager?", "I worked with her at the last site. Happy to introduce you."),
];

/// What a rep notices that went wrong.
pub(super) const WENT_WRONG: &[&str] =
    &["The pump stood still all weekend", "Our invoice came for the third time", "Nobody told them that the fitter was ill"];

/// How something was made right: what was said, put in order, done beyond that, and learned.
pub(super) const MADE_RIGHT: &[(&str, &str, &str, &str)] = &[
    (
        "Called and said sorry that the answer took so long.",
        "Sent the full comparison the same evening.",
        "Brought the readings printed large, as she likes them for the board.",
        "Say at once when an answer will take longer.",
    ),
    (
        "Drove by and said sorry for talking over the foreman.",
        "Sat down with him and wrote his list into the offer.",
        "Sent him the photo of his old machine that we found.",
        "Ask the people at the machine first.",
    ),
    (
        "Said sorry on the phone for the wrong delivery date.",
        "A loan machine stood there the next morning.",
        "Coffee for the night shift.",
        "Ask delivery before I say a date.",
    ),
];

/// What somebody happy writes.
pub(super) const HAPPY: &[&str] = &[
    "Came prepared and knew our numbers.",
    "Asked the questions that we had not asked ourselves.",
    "Finally somebody who says no when something makes no sense for us.",
    "The comparison was exactly what I needed for my director.",
    "Good that the planner came along.",
    "Honest about the delivery time, which I appreciate.",
    "Keep it up.",
    "Short and to the point.",
    "Sent the answers the same evening.",
    "Took the time to walk through the hall with our people.",
];

/// What somebody in between writes.
pub(super) const FAIR: &[&str] = &[
    "Fine, but I would have liked an agenda beforehand.",
    "Useful, a bit long.",
    "We still do not know what the second phase costs.",
    "Next time please talk to operations as well.",
];

/// What somebody unhappy writes.
pub(super) const UNHAPPY: &[&str] = &[
    "I had the feeling that the presentation was for somebody else.",
    "Third time that we ask for the same drawings.",
    "Too much about your products, too little about our standstill.",
    "We agreed on thirty minutes. It became ninety.",
    "Nobody called back after the last visit.",
    "Nice talk, but I still do not know what it costs.",
    "My colleagues from production should have been asked.",
    "Two people came and told us two different things.",
    "We had explained our situation in the spring already.",
    "The offer was not what we had talked about.",
];

/// What a rep adds to a rating that hurt.
pub(super) const CONTEXTS: &[&str] = &[
    "The drawings were held up on our side for three weeks. I have apologised and sent them today.",
    "I took over this customer a week before the visit and should have said so at the start.",
];

/// Reflections: what happened, so what, now what.
pub(super) const REFLECTIONS: &[(&str, &str, &str)] = &[
    ("I talked for the first half hour.", "They told me the important thing at the door.", "Start with their agenda."),
    (
        "The planner answered what I could not.",
        "Two of us were faster than three emails.",
        "Bring somebody from service to the first visit.",
    ),
    ("I promised a date that I did not control.", "Now I chase it every day.", "Ask delivery before I say a date."),
    ("Silence after the price. I filled it.", "I gave away the discount by myself.", "Count to ten after naming a price."),
    ("They drew their process on the board.", "I understood it in five minutes.", "Ask for a drawing early."),
    ("Good meeting, no next step.", "It will go cold.", "Agree the next date before leaving."),
];

/// Actions: 'next time I will ...', each with the component it is meant to move, from first step to last.
pub(super) const ACTIONS: &[(&str, usize)] = &[
    ("ask for their agenda before showing mine", 0),
    ("repeat in my own words what matters to them", 1),
    ("say what I do not know and by when I will", 2),
    ("bring one idea that fits their goals, not five", 3),
    ("agree the next step before I close the laptop", 4),
    ("count to ten after naming a price", 0),
];

/// Worth knowing about people.
pub(super) const INSIGHTS: &[&str] = &[
    "Prefers a call before eight to any email",
    "Started on the shop floor and is proud of it",
    "Decides together with the night shift leader",
    "Rows on Thursdays, never reachable after four",
    "Wants figures first and the story later",
    "Coaches a youth team; match on Saturday mornings",
];

/// Notes on touches.
pub(super) const TOUCHES: &[&str] =
    &["", "", "Asked how the trial runs", "Delivery date confirmed", "Left the brochure at the desk", "Wished good luck with the audit"];
