use app::ui::*;
use leptos::prelude::*;

pub(crate) fn controls() -> AnyView {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let length = [30, 60, 90, 120].map(|minutes| Choice::new(minutes, format!("{minutes} min"))).to_vec();
    let view_of = ["All", "Mine", "To visit"].map(|name| Choice::new(name, name)).to_vec();
    let people = ["Ana Souza", "Jo Maddox", "Kim Lee"].map(|name| Choice::new(name, name)).to_vec();
    let channels = vec![
        Choice::new(1, "In person").with_icon(Glyph::Handshake),
        Choice::new(2, "Video").with_icon(Glyph::Video),
        Choice::new(3, "Phone").with_icon(Glyph::Phone),
    ];
    view! {
        <Page title="Log a meeting" leave=Leave::Close("#".to_owned()) kind=PageKind::Form>
            <form>
                <Segmented name="view" legend="Which" options=view_of value=RwSignal::new("Mine") />
                <SearchField label="Find a customer" value=text("") placeholder="Name or town" />
                <ChoiceChips name="channel" legend="How did you meet?" options=channels.clone() value=RwSignal::new(Some(1)) />
                <ChoiceChips name="again" legend="How did you meet?" options=channels value=RwSignal::new(None) error="Choose how you met." />
                <CheckChips name="people" legend="Who was there?" optional=true options=people value=RwSignal::new(vec!["Jo Maddox"]) hint="Each gets an own invitation to rate." />
                <div class="field-row">
                    <DateField name="day" label="Day" value=text("2026-11-22") />
                    <TimeField name="start" label="Start" value=text("14:30") />
                    <NumberField name="length" label="Length" value=text("60") unit="minutes" />
                </div>
                <SelectField name="select" label="Length" options=length value=RwSignal::new(Some(60)) />
                <TextField name="email" label="Email" kind=TextKind::Email value=text("ana@example") error="Add the rest of the address, such as ana@example.com." />
                <TextArea
                    name="matters"
                    label="What matters to them"
                    hint="As they would say it themselves."
                    optional=true
                    value=text("Fewer deliveries, each complete. The last one came in three parts and the kitchen stood still for a day.")
                />
                <Switch name="hide" label="Remind me before visits" value=RwSignal::new(true) hint="In the morning, on this phone only." />
                <Switch name="other" label="Share with my team" value=RwSignal::new(false) />
                <div class="page-action">
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full=true>"Save"</Button>
                </div>
            </form>
        </Page>
    }
    .into_any()
}
