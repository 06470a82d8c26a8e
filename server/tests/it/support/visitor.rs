//! A customer's browser without script, and the visit that it is asked about.

use super::{Phone, TestApp, held, new_contact, new_customer, new_member};
use app::{
    account::{Member, Role},
    customer::{Contact, Customer},
    id::{ContactId, InvitationId},
    meeting::Meeting,
    survey::{Invitation, InvitationState, Rating, Way},
    sync::protocol::{Mutation, Row},
};
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use server::{clock, random};

/// What a browser shows.
pub struct Shown {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
}

impl Shown {
    /// The value that follows `before` up to the next quote.
    fn after(&self, before: &str) -> Option<String> {
        let (_, rest) = self.html.split_once(before)?;
        rest.split('"').next().map(str::to_owned)
    }

    /// The secret that the page would send along.
    pub fn secret(&self) -> String {
        self.after("name=\"secret\" value=\"").expect("the page names itself")
    }

    /// The path of the receipt shown.
    pub fn receipt(&self) -> String {
        self.after("href=\"/r/").map(|rest| format!("/r/{rest}")).expect("a receipt is shown")
    }
}

/// Follows `path`, with a cookie if there is one.
pub async fn open(app: &TestApp, path: &str, cookie: Option<&str>) -> Shown {
    let mut request = Request::get(path);
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    show(app, request.body(Body::empty()).expect("a request")).await
}

/// Posts a form to `path`.
pub async fn submit(app: &TestApp, path: &str, fields: &[(&str, &str)]) -> Shown {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, super::ORIGIN)
        .body(Body::from(body));
    show(app, request.expect("a request")).await
}

async fn show(app: &TestApp, request: Request<Body>) -> Shown {
    let (parts, body) = app.respond(request).await.into_parts();
    let html = body.collect().await.expect("a whole body").to_bytes();
    Shown { status: parts.status, headers: parts.headers, html: String::from_utf8_lossy(&html).into_owned() }
}

/// A rep with a manager, a customer's contact, and a meeting that both held.
pub struct Visit<'a> {
    pub rep: Member,
    pub phone: Phone<'a>,
    pub managers_phone: Phone<'a>,
    pub customer: Customer,
    pub contact: Contact,
    pub meeting: Meeting,
}

impl<'a> Visit<'a> {
    /// A visit in a team of its own.
    pub async fn new(app: &'a TestApp) -> Self {
        let team = app.team("North", None).await;
        let rep = app.member("Rik Rep", &team, &[Role::Rep]).await;
        let manager = app.member("Mia Manager", &team, &[Role::Manager]).await;
        let (mut phone, managers_phone) = (app.phone(&rep).await, app.phone(&manager).await);
        let customer = new_customer(rep.id, "Acme");
        let contact = new_contact(customer.id, "Cora Contact");
        let mut meeting = held(rep.id, customer.id, 0);
        meeting.contacts = vec![contact.id];
        phone.must(Mutation::CreateCustomer { customer: customer.clone() }).await;
        phone.must(Mutation::CreateContact { contact: contact.clone() }).await;
        phone.must(Mutation::CreateMeeting { meeting: meeting.clone() }).await;
        Self { rep, phone, managers_phone, customer, contact, meeting }
    }

    /// Another meeting on another day with another contact of the same customer.
    pub async fn next(&mut self, days: i64) {
        self.contact.id = ContactId(random::uuid());
        self.meeting = held(self.rep.id, self.customer.id, days);
        self.meeting.contacts = vec![self.contact.id];
        self.phone.must(Mutation::CreateContact { contact: self.contact.clone() }).await;
        self.phone.must(Mutation::CreateMeeting { meeting: self.meeting.clone() }).await;
    }

    /// The phone of a rep in the same team.
    pub async fn colleague(&self, app: &'a TestApp) -> Phone<'a> {
        let team = self.rep.team.expect("a team");
        app.phone(&new_member(&app.state, app.id(), "Cor Colleague", team, &[Role::Rep]).await).await
    }

    /// A request to rate the meeting.
    pub fn invitation(&self, way: Way) -> Invitation {
        Invitation {
            id: InvitationId(random::uuid()),
            meeting: self.meeting.id,
            customer: self.customer.id,
            contact: Some(self.contact.id),
            rep: self.rep.id,
            way,
            // Links live from here on, so this is the server's time and not the meeting's.
            asked_at: clock::now(),
            state: InvitationState::Asked,
        }
    }

    /// Asks the contact by link; its path.
    pub async fn ask(&mut self) -> String {
        let token = self.phone.stock(1).await.remove(0);
        let invitation = self.invitation(Way::Link);
        self.phone.must(Mutation::Invite { invitation, token: Some(token.hash) }).await;
        format!("/s/{}", token.token)
    }

    /// The ratings that the rep's phone holds.
    pub async fn ratings_of_rep(&mut self) -> Vec<Rating> {
        ratings(self.phone.rows().await)
    }

    /// The ratings that the manager's phone holds.
    pub async fn ratings_of_manager(&mut self) -> Vec<Rating> {
        ratings(self.managers_phone.rows().await)
    }
}

fn ratings(rows: Vec<Row>) -> Vec<Rating> {
    rows.into_iter().filter_map(|row| if let Row::Rating(rating) = row { Some(rating) } else { None }).collect()
}
