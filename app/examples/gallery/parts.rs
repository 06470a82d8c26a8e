use app::ui::*;
use leptos::prelude::*;

pub(crate) fn parts() -> AnyView {
    let all = [SaveStage::OnThisPhone, SaveStage::Received, SaveStage::Saved, SaveStage::NeedsYou];
    let toaster = Toaster::provide();
    toaster.say("Meeting saved on this phone");
    view! {
        <Page title="Parts">
            <Card title="Buttons">
                <div class="stack" data-gap="small">
                    <Button variant=ButtonVariant::Primary full=true icon=Glyph::Check>"Save meeting"</Button>
                    <Button full=true icon=Glyph::Share>"Send summary"</Button>
                    <Button variant=ButtonVariant::Danger full=true icon=Glyph::Trash2>"Delete this meeting"</Button>
                    <Button variant=ButtonVariant::Primary full=true busy=true>"Signing in …"</Button>
                    <Button full=true disabled=true>"Not now"</Button>
                </div>
                <div class="button-row">
                    <Button>"Quiet"</Button>
                    <ButtonLink href="#" variant=ButtonVariant::Plain>"Plain"</ButtonLink>
                    <IconButton glyph=Glyph::Search label="Search" />
                    <IconButton glyph=Glyph::Ellipsis label="More" />
                </div>
            </Card>
            <Banner>"Add Qdos to your home screen, so that your phone keeps what you log."</Banner>
            <Banner tone=BannerTone::Attention action=|| view! { <Button>"See what"</Button> }>
                <strong>"2 things need you. "</strong>
                "They are safe on this phone, but the server could not take them."
            </Banner>
            <Card title="Small words">
                <div class="badges">
                    <Badge>"Discovery"</Badge>
                    <Badge tone=BadgeTone::Accent icon=Glyph::Calendar>"Planned"</Badge>
                    <Badge tone=BadgeTone::Attention icon=Glyph::Clock>"Overdue"</Badge>
                </div>
                <div class="stack" data-gap="small">
                    {all.map(|stage| view! { <SaveState stage=Signal::stored(stage) /> }).collect_view()}
                </div>
                <ProgressDots step=Signal::stored(2) count=4 />
                <Points value=4 words="Listening: mostly" />
            </Card>
            <Card title="One number and what it means" trailing=|| view! { <a href="#">"All"</a> }>
                <Interval estimate=82.0 low=76.0 high=88.0 before=71.0 words="82, likely 76 to 88" />
                <Interval estimate=100.0 low=91.0 high=100.0 words="100, likely 91 to 100" />
                <Interval estimate=30.0 low=2.0 high=61.0 words="30, likely 2 to 61" />
            </Card>
            <Card tone=CardTone::Accent title="Next time I will">"Ask what success looks like before showing anything."</Card>
            <Card tone=CardTone::Attention title="Make it right">"Kestrel Foods rated Trust 1 of 5 yesterday."</Card>
            <List>
                <ListAction glyph=Glyph::Pencil title="Change" />
                <ListAction glyph=Glyph::Trash2 title="Delete" detail="Nobody has been asked to rate it yet." tone=ActionTone::Danger />
            </List>
            <Disclosure title="The ratings behind it" detail="14 by 6 customers">"Here they are."</Disclosure>
            <EmptyState
                glyph=Glyph::Sprout
                title="No meetings yet"
                action=|| view! { <Button variant=ButtonVariant::Primary icon=Glyph::Plus>"Log a meeting"</Button> }
            >
                "After your next visit, tap Log. It takes a customer and a kind of meeting, nothing more."
            </EmptyState>
            <Sheet title="Add a promise" open=RwSignal::new(false)>
                <TextField name="what" label="What will be done" value=RwSignal::new(String::new()) />
                <DateField name="by" label="By when" value=RwSignal::new("2026-11-27".to_owned()) />
                <div class="sheet-action">
                    <Button variant=ButtonVariant::Primary full=true>"Add promise"</Button>
                </div>
            </Sheet>
            <ToastRegion toaster />
        </Page>
    }
    .into_any()
}
