//! The service worker, seen from the page: it makes the app start without network, and holds the next build until asked.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::event::{Listening, listen};
use super::window::{navigator, offers};

/// The service worker that serves this page's start.
#[derive(Clone)]
pub struct Worker(ServiceWorkerRegistration);

/// Waits for the worker that the page's first script registered. Waits for ever where there is none; `None` where there cannot be.
pub async fn ready() -> Option<Worker> {
    let ready = container()?.ready().ok()?;
    Some(Worker(JsFuture::from(ready).await.ok()?.unchecked_into()))
}

/// The worker that is registered already, if there is one; waits for none.
pub async fn registered() -> Option<Worker> {
    let found = JsFuture::from(container()?.get_registration_with_document_url("/app")).await.ok()?;
    found.dyn_into().ok().map(Worker)
}

impl Worker {
    /// What the browser keeps of it.
    pub(super) fn registration(&self) -> &ServiceWorkerRegistration {
        &self.0
    }

    /// Whether a newer build is loaded and waits for the person's word.
    pub fn update_is_waiting(&self) -> bool {
        // The very first worker waits for nobody.
        self.0.waiting().is_some() && container().is_some_and(|container| container.controller().is_some())
    }

    /// Calls `act` whenever a newer build begins to wait.
    pub fn on_update_waiting(&self, act: impl Fn() + 'static) -> Listening {
        let act = Rc::new(act);
        let worker = self.clone();
        // The listener on the build being installed; a later build replaces it.
        let installing = RefCell::new(None);
        listen(self.0.clone(), "updatefound", move || {
            let (worker, act) = (worker.clone(), act.clone());
            let listening = worker.0.installing().map(|build: ServiceWorker| {
                let state = build.clone();
                listen(build, "statechange", move || {
                    if state.state() == ServiceWorkerState::Installed && worker.update_is_waiting() {
                        act();
                    }
                })
            });
            installing.replace(listening);
        })
    }

    /// Looks for a newer build now. Without network nothing happens.
    pub async fn check(&self) {
        if let Ok(checking) = self.0.update() {
            let _ = JsFuture::from(checking).await;
        }
    }

    /// Lets the waiting build take over; `then` is called when it has, and reloads the page.
    pub fn take_update(&self, then: impl FnMut() + 'static) -> Option<Listening> {
        let taken_over = listen(container()?, "controllerchange", then);
        // The message that public/sw.js waits for.
        let activate = Object::new();
        Reflect::set(&activate, &"type".into(), &"activate".into()).expect("a plain object takes any property");
        self.0.waiting()?.post_message(&activate).ok()?;
        Some(taken_over)
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    offers(&navigator(), "serviceWorker").then(|| navigator().service_worker())
}
