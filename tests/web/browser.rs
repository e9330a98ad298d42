//! Does it work in a browser? Debian's Chromium, driven through chromedriver; axe-core looks for what keeps people out.
//!
//! Where chromedriver or axe-core isn't there the tests say so: `apt-get install chromium chromium-driver`,
//! `npm install --prefix target/browser axe-core`.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use zhengce::web::{Patience, Settings};

use super::{PAGES, Server, encoded, site, started};
use crate::support::here;

/// A browser that shows the server's pages.
struct Browser {
    client: Client,
    driver: Child,
    driver_at: SocketAddr,
    server: Server,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Its browser goes with it; it may have ended already.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A browser of this width, with JavaScript or without; `None` where there is no driver.
async fn browser(width: u32, javascript: bool) -> Option<Browser> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let driver = Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(driver) = driver else {
        println!("passed over: there is no chromedriver; run `apt-get install chromium chromium-driver` and test again");
        return None;
    };
    let mut options = json!({"args": [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--hide-scrollbars", format!("--window-size={width},900"),
    ]});
    if !javascript {
        options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
    }
    // A headless window is never narrower than 500: a phone is emulated.
    if width < 500 {
        options["mobileEmulation"] = json!({"deviceMetrics": {"width": width, "height": 800, "pixelRatio": 1.0}});
    }
    let wanted =
        json!({"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}});
    let begun = Instant::now();
    let client = loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted.as_object().unwrap().clone());
        match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => break client,
            Err(cause) => assert!(begun.elapsed() < Duration::from_secs(30), "no browser: {cause}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let server = started(site(Settings::default()), Patience::default()).await;
    Some(Browser { client, driver, driver_at: ([127, 0, 0, 1], port).into(), server })
}

impl Browser {
    async fn go(&self, address: &str) {
        self.client.goto(&format!("http://{}{}", self.server.at, encoded(address))).await.unwrap();
    }

    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        let found = self.client.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|cause| panic!("{css}: {cause}"))
    }

    async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }

    async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Waits until the address holds this.
    async fn arrived(&self, part: &str) {
        let begun = Instant::now();
        loop {
            let address = self.client.current_url().await.unwrap();
            if address.as_str().contains(&encoded(part)) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "{address} does not hold {part}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether the first element of this kind lies in the window.
    async fn in_view(&self, css: &str) -> bool {
        let script = format!(
            "const r = document.querySelector({css:?}).getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight && r.height > 0;"
        );
        self.run(&script).await == json!(true)
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let session = self.client.session_id().await.unwrap().unwrap();
        let body = json!({"type": kind}).to_string();
        let request = format!(
            "POST /session/{session}/se/log HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.driver_at,
            body.len()
        );
        // The driver keeps the connection open: the head says how much there is to read.
        let mut stream = TcpStream::connect(self.driver_at).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await.unwrap();
            if let Some(said) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = said.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).await.unwrap();
        let value: Value = serde_json::from_slice(&body).unwrap();
        value["value"].as_array().cloned().unwrap_or_else(|| panic!("{value}"))
    }

    /// Holds that the console says nothing of errors, and that nothing was asked of another host. Pages that were to be refused are named.
    async fn was_quiet(&self, refused: &str) {
        let said: Vec<Value> = self.log("browser").await;
        let bad = said
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .filter(|entry| refused.is_empty() || !entry["message"].as_str().unwrap().contains(refused));
        assert_eq!(bad.count(), 0, "{said:#?}");
        let own = format!("http://{}/", self.server.at);
        for entry in self.log("performance").await {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            if event["message"]["method"] == "Network.requestWillBeSent" {
                let asked = event["message"]["params"]["request"]["url"].as_str().unwrap();
                assert!(asked.starts_with(&own) || asked.starts_with("data:"), "{asked} was asked for");
            }
        }
    }

    async fn end(self) {
        self.client.clone().close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_searches_narrows_and_sees_the_passage() {
    let Some(it) = browser(1280, true).await else { return };
    it.go("/").await;
    it.find("#q").await.send_keys("产业园区").await.unwrap();
    it.find("form.search button").await.click().await.unwrap();
    it.arrived("q=产业园区").await;
    assert!(it.text(".snippet mark").await.contains("产业园区"));
    it.find(".facets a[href*='type=park']").await.click().await.unwrap();
    it.arrived("type=park").await;
    assert_eq!(it.text(".hit .chip").await, "园区");
    it.find(".hit a.open").await.click().await.unwrap();
    it.arrived("at=park:").await;
    assert!(it.in_view("#at").await, "the passage is in view");
    assert!(it.text("#at").await.contains("产业园区"));
    assert!(it.text("#record").await.contains("规则"));
    it.go("/?q=谁负责招商引资").await;
    assert!(it.text(".answer").await.contains("省商务厅"));
    it.was_quiet("").await;
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_looks_up_an_agency_and_follows_a_permalink() {
    let Some(it) = browser(1280, true).await else { return };
    it.go("/who").await;
    it.find("input[name=unit]").await.send_keys("省发改委").await.unwrap();
    it.find("form.filters button").await.click().await.unwrap();
    it.arrived("unit=省发改委").await;
    assert!(it.text("main h2").await.contains("牵头"));
    let address = it.client.current_url().await.unwrap();
    assert!(!address.as_str().contains("from="), "empty fields stay out of the address: {address}");
    it.go("/doc/002_87f6e7edac30d048?at=target:6814-6825#at").await;
    assert!(it.in_view("#at").await);
    // Another mark: its fields stand beside the text, and the address is its own.
    it.run("document.querySelector('a.m.t-statistic').click()").await;
    it.find("#record .t-statistic").await;
    it.arrived("at=statistic:").await;
    let permalink = it.client.current_url().await.unwrap();
    it.client.goto(permalink.as_str()).await.unwrap();
    assert!(it.in_view("#at").await);
    it.was_quiet("").await;
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_enough() {
    let Some(it) = browser(1280, true).await else { return };
    it.go("/?q=园区").await;
    let client = &it.client;
    let keys = |text: String| async move { client.active_element().await.unwrap().send_keys(&text).await.unwrap() };
    keys("jj".to_owned()).await;
    keys("k".to_owned()).await;
    assert_eq!(it.run("return [...document.querySelectorAll('.hit')].findIndex((hit) => hit.classList.contains('at'))").await, json!(0));
    keys("/".to_owned()).await;
    keys("招商引资".to_owned() + &Key::Enter).await;
    it.arrived("招商引资").await;
    keys("j".to_owned()).await;
    keys(String::new() + &Key::Enter).await;
    it.arrived("/doc/").await;
    // From the top of a page the first stop is the way past the navigation, and focus is seen.
    it.go("/targets").await;
    keys(String::new() + &Key::Tab).await;
    assert_eq!(it.run("return document.activeElement.className").await, json!("skip"));
    assert_ne!(it.run("return getComputedStyle(document.activeElement).outlineStyle").await, json!("none"));
    it.was_quiet("").await;
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn search_reader_and_who_work_without_javascript() {
    let Some(it) = browser(1280, false).await else { return };
    it.go("/").await;
    it.find("#q").await.send_keys("产业园区").await.unwrap();
    it.find("form.search button").await.click().await.unwrap();
    it.arrived("q=产业园区").await;
    it.find(".hit a.open").await.click().await.unwrap();
    it.arrived("/doc/").await;
    assert!(it.text("#record").await.contains("规则"));
    it.find("a.m.t-citation").await.click().await.unwrap();
    it.arrived("at=citation:").await;
    it.find("#record .t-citation").await;
    it.go("/who").await;
    it.find(".board a.open").await.click().await.unwrap();
    it.arrived("unit=").await;
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_wider_than_a_phone() {
    let Some(it) = browser(360, true).await else { return };
    for page in PAGES {
        it.go(page).await;
        let wide = it.run("return [document.documentElement.scrollWidth, innerWidth, [...document.querySelectorAll('body *')].filter((e) => !e.closest('.wide') && !e.closest('.hidden') && !e.closest('.skip') && e.getBoundingClientRect().right > 361).slice(0, 3).map((e) => e.outerHTML.slice(0, 90))]").await;
        assert!(wide[0].as_u64() <= Some(360), "{page}: {wide}");
    }
    it.was_quiet("").await;
    it.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_kept_out() {
    let Ok(axe) = std::fs::read_to_string(here("target/browser/node_modules/axe-core/axe.min.js")) else {
        println!("passed over: there is no axe-core; run `npm install --prefix target/browser axe-core` and test again");
        return;
    };
    for width in [1280, 390] {
        let Some(it) = browser(width, true).await else { return };
        let pages = PAGES.iter().chain(&[
            "/nowhere",
            "/who?lang=en",
            "/targets?indicator=主营业务收入&lang=en",
            "/?q=产业园区&lang=en",
            "/?lang=zh",
        ]);
        for page in pages {
            it.go(page).await;
            // `ZHENGCE_SHOTS=DIR cargo test nobody_is_kept_out` keeps what is to be looked at.
            if let Some(folder) = std::env::var_os("ZHENGCE_SHOTS") {
                let name: String = page.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                let path = std::path::Path::new(&folder).join(format!("{width}{name}.png"));
                std::fs::write(path, it.client.screenshot().await.unwrap()).unwrap();
            }
            // The driver's scripts run outside the page's Content-Security-Policy.
            it.client.execute(&axe, Vec::new()).await.unwrap();
            let script = "const done = arguments[arguments.length - 1]; axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental']}).then((r) => done(r.violations.map((v) => [v.id, v.nodes.length, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary)])));";
            let found = it.client.execute_async(script, Vec::new()).await.unwrap();
            assert_eq!(found, json!([]), "{page} at {width}: {found:#}");
        }
        it.was_quiet("/nowhere").await;
        it.end().await;
    }
}
