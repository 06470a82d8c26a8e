use app::ui::*;
use leptos::prelude::*;

pub(crate) fn survey() -> AnyView {
    let scale = |name: &'static str, question: &'static str, chosen: Option<u8>, error: Option<&'static str>| {
        let points = ["Not at all", "A little", "Partly", "Mostly", "Completely"];
        let points = (1..=5).zip(points).map(|(value, label)| Choice::new(value, label)).collect::<Vec<_>>();
        view! {
            <div class="survey-question">
                <Scale name question points apart=Choice::new(0, "Can't say") value=RwSignal::new(chosen) error=error.map(str::to_owned) />
            </div>
        }
    };
    let contact = ["Ana Souza", "Someone else", "No"].map(|name| Choice::new(name, name)).to_vec();
    view! {
        <main class="survey-page">
            <header class="survey-head">
                <p class="survey-from">"Meridian Supplies"</p>
                <h1>"How was your meeting with Ana Souza?"</h1>
                <p>"Five taps. Honest is kind."</p>
            </header>
            <div class="survey-readers">
                <Icon glyph=Glyph::Eye />
                <div>"Ana Souza and her manager Ben Carter will read your answers from tomorrow on."</div>
            </div>
            <form class="survey-form">
                {scale("listening", "How well did Ana listen to you?", Some(4), None)}
                {scale("understanding", "How well does Ana understand what matters to you?", None, Some("Choose one, or say that you can't."))}
                {scale("trust", "How much do you trust what Ana tells you?", Some(0), None)}
                <div class="survey-question">
                    <NetPromoter name="recommend" question="How likely are you to recommend Meridian?" least="not at all likely" most="extremely likely" value=RwSignal::new(Some(8)) />
                </div>
                <div class="survey-question">
                    <TextArea name="open" label="What would have made it better?" optional=true value=RwSignal::new(String::new()) />
                </div>
                <div class="survey-question">
                    <ChoiceChips name="contact" legend="May someone contact you about this?" options=contact value=RwSignal::new(Some("No")) />
                </div>
                <div class="survey-send">
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full=true>"Send my answers"</Button>
                    <p>"You can correct them for 24 hours."</p>
                </div>
            </form>
        </main>
        <footer class="survey-foot"><a href="#">"What happens with your answers"</a></footer>
    }
    .into_any()
}

pub(crate) fn handover() -> AnyView {
    view! {
        <main class="survey-page">
            <header class="survey-head">
                <p class="survey-from">"Meridian Supplies"</p>
                <h1>"Would you rate this meeting?"</h1>
            </header>
            <div class="survey-choices">
                <button class="survey-choice"><Icon glyph=Glyph::Star size=IconSize::Large /><span><strong>"Rate here"</strong><span>"On this tablet, right now"</span></span></button>
                <button class="survey-choice"><Icon glyph=Glyph::QrCode size=IconSize::Large /><span><strong>"On my phone"</strong><span>"Scan a code, take your time"</span></span></button>
                <button class="survey-choice"><Icon glyph=Glyph::X size=IconSize::Large /><span><strong>"Not now"</strong><span>"That is fine, too"</span></span></button>
            </div>
        </main>
    }
    .into_any()
}

pub(crate) fn thanks() -> AnyView {
    view! {
        <main class="survey-thanks">
            <span class="survey-thanks-mark"><Icon glyph=Glyph::Check /></span>
            <h1>"Thank you"</h1>
            <p>"Ana will read what you said tomorrow. You can hand the tablet back."</p>
        </main>
    }
    .into_any()
}
