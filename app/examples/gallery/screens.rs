use app::{score::StandsOn, survey::Component, ui::*};
use leptos::prelude::*;

pub(crate) fn tabs(path: &str) -> impl IntoView {
    let tabs = vec![
        Tab::new("/app", "Today", Glyph::Sun),
        Tab::new("/app/customers", "Customers", Glyph::Building2),
        Tab::primary("/app/log", "Log", Glyph::PenLine),
        Tab::new("/app/feedback", "Feedback", Glyph::MessageCircleHeart),
        Tab::new("/app/team", "Team", Glyph::UsersRound),
    ];
    view! { <TabBar tabs path=path.to_owned() /> }
}

fn company(name: &'static str) -> impl Fn() -> AnyView + Send + Sync + 'static {
    move || view! { <Avatar name kind=AvatarKind::Company /> }.into_any()
}

pub(crate) fn today() -> AnyView {
    view! {
        <Page title="Today" trailing=|| view! { <SaveState stage=Signal::stored(SaveStage::Saved) /> }>
            <Card tone=CardTone::Accent title="14:30 · Kestrel Foods" trailing=|| view! { <Badge tone=BadgeTone::Accent>"Discovery"</Badge> }>
                <p>"You promised "<strong>"the new delivery calendar"</strong>" by Friday. Jo measures success by how rarely the kitchen waits."</p>
                <p>"Next time I will ask what success looks like first."</p>
                <div class="button-row">
                    <Button variant=ButtonVariant::Primary icon=Glyph::Check>"It happened"</Button>
                    <Button>"Prepare"</Button>
                </div>
            </Card>
            <List title="Promises due">
                <ListRow title="Send the delivery calendar" detail="Kestrel Foods" href="#" lead=|| view! { <Icon glyph=Glyph::Handshake /> } trailing=|| "today" />
                <ListRow title="Ask the lab about shelf life" detail="Orchard & Sons, kept by Kim Lee" href="#" lead=|| view! { <Icon glyph=Glyph::Handshake /> } trailing=|| "Thu" />
            </List>
            <List title="Not met for a while">
                <ListRow title="Marsh Bakery" detail="Last met 52 days ago, window 45" href="#" lead=company("Marsh Bakery") />
                <ListRow title="Tidewater Hotels" detail="Last met 47 days ago, window 45" href="#" lead=company("Tidewater Hotels") />
            </List>
        </Page>
        {tabs("/app")}
    }
    .into_any()
}

pub(crate) fn customers() -> AnyView {
    let names = [
        ("Orchard & Sons", "Ana Souza and 2 more · met 3 days ago", "Bristol"),
        ("Kestrel Foods", "Jo Maddox · today 14:30", "Bath"),
        ("Marsh Bakery", "Last met 52 days ago", "Wells"),
        ("Tidewater Hotels", "Kim Lee · met last week", "Cardiff"),
        ("A very long company name that has to wrap somewhere, Limited", "No meeting yet", "Llanfair"),
    ];
    view! {
        <Page title="Customers" trailing=|| view! { <IconButton glyph=Glyph::Plus label="Add a customer" /> }>
            <SearchField label="Find a customer" value=RwSignal::new(String::new()) placeholder="Name or town" />
            <List title="40 customers">
                {names.map(|(name, detail, town)| view! { <ListRow title=name detail href="#" lead=company(name) trailing=move || town /> }).collect_view()}
            </List>
        </Page>
        {tabs("/app/customers")}
    }
    .into_any()
}

pub(crate) fn customer() -> AnyView {
    let entry = |state: Option<&'static str>, glyph, when, title, words| {
        view! {
            <li class="timeline-entry" data-state=state>
                <span class="timeline-mark"><Icon glyph /></span>
                <div class="timeline-body">
                    <p class="timeline-when">{when}</p>
                    <a class="timeline-title" href="#">{title}</a>
                    <p>{words}</p>
                </div>
            </li>
        }
    };
    view! {
        <Page title="Kestrel Foods" leave=Leave::Back("#".to_owned()) trailing=|| view! { <IconButton glyph=Glyph::Ellipsis label="More" /> }>
            <div class="badges">
                <Badge icon=Glyph::User>"Yours"</Badge>
                <Badge icon=Glyph::MapPin>"Bath"</Badge>
                <Badge tone=BadgeTone::Accent icon=Glyph::Check>"Ask today"</Badge>
            </div>
            <StandsOn step=Some(Component::Understanding) />
            <Card title="Worth knowing">
                <p>"Jo started in the kitchen and still cooks on Fridays; she prefers a call before eleven."</p>
            </Card>
            <List title="People">
                <ListRow title="Jo Maddox" detail="Head of purchasing" href="#" lead=|| view! { <Avatar name="Jo Maddox" /> } />
                <ListRow title="Sam Ito" detail="Kitchen" href="#" lead=|| view! { <Avatar name="Sam Ito" /> } />
            </List>
            <section class="list">
                <h2 class="list-title">"Between us"</h2>
                <ol class="timeline">
                    {entry(Some("planned"), Glyph::Calendar, "Today, 14:30", "Discovery, planned", "Ask what success looks like first.")}
                    {entry(None, Glyph::Handshake, "3 May, 60 minutes", "Introductory", "Fewer deliveries, each complete. They want to see a calendar.")}
                    {entry(None, Glyph::Phone, "28 April", "Call", "Asked for a visit in May.")}
                </ol>
            </section>
        </Page>
        {tabs("/app/customers/7")}
    }
    .into_any()
}

pub(crate) fn log() -> AnyView {
    let formats = ["Introductory", "Discovery", "Presentation", "Negotiation", "Relationship management"];
    let customers = vec![Choice::new(1, "Kestrel Foods"), Choice::new(2, "Orchard & Sons"), Choice::new(3, "Tidewater Hotels")];
    view! {
        <Page title="Log a meeting" leave=Leave::Close("#".to_owned()) kind=PageKind::Form trailing=|| view! { <SaveState stage=Signal::stored(SaveStage::OnThisPhone) /> }>
            <form>
                <ChoiceChips name="customer" legend="Customer" options=customers value=RwSignal::new(Some(1)) />
                <ChoiceChips name="format" legend="What kind of meeting?" options=formats.map(|name| Choice::new(name, name)).to_vec() value=RwSignal::new(Some("Discovery")) />
                <Disclosure title="Add more" detail="People, promises, what matters, next step">
                    <TextArea name="next" label="Next step" value=RwSignal::new(String::new()) />
                </Disclosure>
                <div class="page-action">
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full=true>"Save meeting"</Button>
                </div>
            </form>
        </Page>
    }
    .into_any()
}

pub(crate) fn team() -> AnyView {
    let reps = [("Ana Souza", 82.0, 76.0, 88.0), ("Ben Carter", 71.0, 60.0, 82.0), ("Chidi Okafor", 90.0, 85.0, 95.0)];
    view! {
        <Page title="Team">
            <Banner tone=BannerTone::Attention>"Two customers were unhappy this week."</Banner>
            <List title="North, 4 people">
                {reps
                    .map(|(name, estimate, low, high)| {
                        view! {
                            <ListRow title=name detail="asked 12 of 15, about the same" href="#" lead=move || view! { <Avatar name /> } trailing=move || estimate>
                                <Interval estimate low high words=format!("{estimate}, likely {low} to {high}") />
                            </ListRow>
                        }
                    })
                    .collect_view()}
                <ListRow title="Dana Wolf" detail="asked 3 of 4. Not enough ratings yet to say." href="#" lead=|| view! { <Avatar name="Dana Wolf" /> } />
            </List>
        </Page>
        {tabs("/app/team")}
    }
    .into_any()
}

pub(crate) fn empty() -> AnyView {
    view! {
        <Page title="Feedback">
            <EmptyState glyph=Glyph::MessageCircleHeart title="Nobody has rated yet" action=|| view! { <ButtonLink href="#" variant=ButtonVariant::Primary>"Plan a visit"</ButtonLink> }>
                "After a meeting, hand over your tablet or share the link. What customers answer shows here the next working morning."
            </EmptyState>
        </Page>
        {tabs("/app/feedback")}
    }
    .into_any()
}

pub(crate) fn sign_in() -> AnyView {
    view! {
        <Gate title="Good to see you" lead="Sign in once; after that Qdos opens without network.">
            <form class="gate-form">
                <TextField name="email" label="Email" kind=TextKind::Email value=RwSignal::new(String::new()) autocomplete="username" />
                <TextField name="password" label="Password" kind=TextKind::Password value=RwSignal::new(String::new()) autocomplete="current-password" error="That email and password do not belong together. Try again, or ask your administrator for a new link." />
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full=true>"Sign in"</Button>
            </form>
        </Gate>
    }
    .into_any()
}

pub(crate) fn purpose() -> AnyView {
    view! {
        <Gate title="Why Meridian asks its customers" lead="In force since 1 September 2026.">
            <ol class="gate-steps">
                <li><Icon glyph=Glyph::Sprout /><div><h2>"To learn, never to rank"</h2><p>"No score decides pay, targets or warnings."</p></div></li>
                <li><Icon glyph=Glyph::Eye /><div><h2>"What your manager sees"</h2><p>"Your score from 5 ratings by 3 customers on. Never a reflection that you do not share."</p></div></li>
                <li><Icon glyph=Glyph::Shield /><div><h2>"What Qdos never records"</h2><p>"Where you are, what is said on calls, how long you look at the screen."</p></div></li>
            </ol>
            <Button variant=ButtonVariant::Primary full=true>"Go on"</Button>
        </Gate>
    }
    .into_any()
}
