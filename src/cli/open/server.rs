//! Serves the page: to this machine alone, under an address with a random token, to no page of another origin.

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Deserialize;
use tiny_http::{Header, Method, Request, Response};

use crate::experiment::Experiment;
use crate::report::{ChartFiles, Product, run_products, run_workbook};
use crate::vocabulary::Position;

use super::super::Failure;
use super::session::Session;
use super::variant::Opening;

/// The largest body of a request: a form has some kilobytes.
const MOST_BYTES: usize = 64 * 1024;

/// Requests answered at once.
const MOST_AT_ONCE: usize = 32;

/// How long the page waits for a picture before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most that a field may be turned to: ten times.
const MOST_PERCENT: f64 = 1000.0;

/// Listens, and knows who may ask.
pub(super) struct Server {
    http: tiny_http::Server,
    port: u16,
    token: String,
    page: String,
    session: Arc<Session>,
    opening: Arc<Opening>,
}

/// A lever that was turned, as the page says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    lever: usize,
    value: String,
}

/// What is to be saved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Save {
    name: String,
    question: u64,
}

/// An answer: its code, its kind, and what it says.
struct Answer {
    code: u16,
    kind: &'static str,
    body: Vec<u8>,
    /// Kept as a file of this name.
    file: Option<&'static str>,
}

const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

impl Answer {
    fn new(code: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { code, kind, body: body.into(), file: None }
    }

    fn text(code: u16, text: &str) -> Answer {
        Answer::new(code, TEXT, text)
    }
}

/// What of a variant can be kept as a file: the name, and what kind of file it is.
const REPORT: (&str, &str) = ("report.html", "text/html; charset=utf-8");
const WORKBOOK: (&str, &str) =
    ("tables.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

impl Server {
    /// Takes the port (0: a free one) of this machine's own address.
    ///
    /// # Errors
    /// The machine refuses the port, or gives no random numbers.
    pub(super) fn listen(
        port: u16,
        page: String,
        session: Arc<Session>,
        opening: Arc<Opening>,
    ) -> Result<Server, Failure> {
        let http = tiny_http::Server::http(("127.0.0.1", port))
            .map_err(|error| Failure::Environment(format!("cannot listen at 127.0.0.1:{port}: {error}")))?;
        let port = http.server_addr().to_ip().map_or(port, |address| address.port());
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)
            .map_err(|error| Failure::Environment(format!("the machine gives no random numbers: {error}")))?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Server { http, port, token, page, session, opening })
    }

    /// The page's address.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// Answers from now on, on threads of its own.
    pub(super) fn serve(self) {
        let server = Arc::new(self);
        std::thread::spawn(move || {
            let at_once = Arc::new(AtomicUsize::new(0));
            while let Ok(request) = server.http.recv() {
                let (server, at_once) = (Arc::clone(&server), Arc::clone(&at_once));
                if at_once.fetch_add(1, Ordering::Relaxed) >= MOST_AT_ONCE {
                    respond(request, Answer::text(503, "too much at once"));
                    at_once.fetch_sub(1, Ordering::Relaxed);
                    continue;
                }
                std::thread::spawn(move || {
                    server.take(request);
                    at_once.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
    }

    fn take(&self, mut request: Request) {
        let answer = self.answer(&mut request).unwrap_or_else(|refused| refused);
        respond(request, answer);
    }

    fn answer(&self, request: &mut Request) -> Result<Answer, Answer> {
        let header = |name: &'static str| {
            let mut found = request.headers().iter().filter(|header| header.field.equiv(name));
            found.next().map(|header| header.value.as_str().to_owned())
        };
        // Another name that leads here (a rebound one of another site) is not ours; nor is another site's script.
        let hosts = ["127.0.0.1", "localhost"].map(|host| format!("{host}:{}", self.port));
        if !header("Host").is_some_and(|host| hosts.contains(&host)) {
            return Err(Answer::text(403, "not under this name"));
        }
        let origins = hosts.map(|host| format!("http://{host}"));
        if header("Origin").is_some_and(|origin| !origins.contains(&origin)) {
            return Err(Answer::text(403, "not from another page"));
        }
        let json = header("Content-Type").is_some_and(|kind| kind.starts_with(JSON));
        let url = request.url().to_owned();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let asked = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let Some((_, asked)) = asked.filter(|(token, _)| same(token, &self.token)) else {
            return Err(Answer::text(404, "there is nothing here"));
        };
        let (get, post) = (request.method() == &Method::Get, request.method() == &Method::Post);
        match asked {
            "" if get => Ok(Answer::new(200, "text/html; charset=utf-8", self.page.clone())),
            "picture" if get => Ok(self.picture(query)),
            "report.html" if get => self.kept(query, REPORT),
            "tables.xlsx" if get => self.kept(query, WORKBOOK),
            "ask" | "save" if post && !json => Err(Answer::text(415, "JSON is asked for")),
            "ask" if post => self.ask(&body(request)?),
            "save" if post => self.save(&body(request)?),
            "" | "picture" | "report.html" | "tables.xlsx" | "ask" | "save" => {
                Err(Answer::text(405, "not in this way"))
            }
            _ => Err(Answer::text(404, "there is nothing here")),
        }
    }

    fn picture(&self, query: &str) -> Answer {
        let after = query.strip_prefix("after=").and_then(|after| after.parse().ok()).unwrap_or(0);
        match self.session.picture(after, PATIENCE) {
            Some(shown) => Answer::new(200, JSON, shown.json.to_string()),
            None => Answer::text(204, ""),
        }
    }

    /// The report or the workbook of a question, as `holdline run` writes it.
    fn kept(&self, query: &str, (file, kind): (&'static str, &'static str)) -> Result<Answer, Answer> {
        let question = query.strip_prefix("question=").and_then(|number| number.parse().ok());
        let Some(played) = question.and_then(|question| self.session.played(question)) else {
            return Err(Answer::text(
                409,
                "It is not played to its end yet, or something else was asked since.",
            ));
        };
        let products = if file == WORKBOOK.0 {
            vec![run_workbook(&played.results)]
        } else {
            let loaded = self.opening.loaded(&played.settings);
            let loaded = loaded.map_err(|failure| Answer::text(422, &failure.lines()))?;
            let mut results = (*played.results).clone();
            // Without it the report is short of one chart.
            let _ =
                Experiment::new(&loaded.scenario).and_then(|experiment| experiment.add_trace(&mut results));
            run_products(&results, &loaded.resolved_toml, ChartFiles::Svg)
        };
        let product = products.into_iter().find(|product| product.name() == file);
        match product.and_then(Product::into_bytes) {
            Some(body) => Ok(Answer { code: 200, kind, body, file: Some(file) }),
            None => Err(Answer::text(404, "there is nothing here")),
        }
    }

    fn ask(&self, body: &[u8]) -> Result<Answer, Answer> {
        let turns: Vec<Turn> = serde_json::from_slice(body).map_err(misunderstood)?;
        let mut positions = Vec::with_capacity(turns.len());
        for turn in &turns {
            positions.push((turn.lever, self.position(turn).map_err(|text| Answer::text(422, &text))?));
        }
        let number = self.session.ask(positions);
        Ok(Answer::new(200, JSON, format!("{{\"asked\":{number}}}")))
    }

    /// Where a lever stands that was turned.
    fn position(&self, turn: &Turn) -> Result<Position, String> {
        let lever = self.opening.levers().get(turn.lever).ok_or("there is no such field")?;
        let value = turn.value.trim();
        let wrong = |wanted: &str| {
            let part = lever.part.as_ref().map_or(String::new(), |part| format!(", {part}"));
            format!("{}{part}: “{value}” is no {wanted}.", lever.of)
        };
        match lever.position {
            Position::Factor(_) => match value.parse::<f64>() {
                Ok(percent) if (0.0..=MOST_PERCENT).contains(&percent) => {
                    Ok(Position::Factor(percent / 100.0))
                }
                _ => Err(wrong("number from 0 to 1000")),
            },
            Position::Agents(_) => {
                value.parse().map(Position::Agents).map_err(|_| wrong("whole number of agents"))
            }
            Position::Hours(_) => {
                let hours = value.split(';').map(str::trim).filter(|part| !part.is_empty());
                Ok(Position::Hours(hours.map(str::to_owned).collect()))
            }
        }
    }

    fn save(&self, body: &[u8]) -> Result<Answer, Answer> {
        let save: Save = serde_json::from_slice(body).map_err(misunderstood)?;
        let Some(settings) = self.session.settings(save.question) else {
            return Err(Answer::text(409, "Its figures are not there yet: try again in a moment."));
        };
        match self.opening.save(&save.name, &settings) {
            Ok(said) => Ok(Answer::text(200, &said)),
            Err(failure) => Err(Answer::text(422, &failure.lines())),
        }
    }
}

fn misunderstood(_: serde_json::Error) -> Answer {
    Answer::text(400, "this is not understood")
}

/// The body, if it is no longer than any of ours: by what is announced, and by what comes.
fn body(request: &mut Request) -> Result<Vec<u8>, Answer> {
    let too_long = || Answer::text(413, "this is too long");
    if request.body_length().is_some_and(|length| length > MOST_BYTES) {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    let read = request.as_reader().take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() > MOST_BYTES => Err(too_long()),
        Ok(_) => Ok(bytes),
        Err(_) => Err(Answer::text(400, "it breaks off")),
    }
}

/// Whether two tokens are the same, told in the same time wherever they differ.
fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && differing == 0
}

fn respond(request: Request, Answer { code, kind, body, file }: Answer) {
    let mut response = Response::from_data(body).with_status_code(code);
    let kept = file.map(|file| format!("attachment; filename=\"{file}\""));
    let headers = [
        ("Content-Type", kind),
        ("Content-Disposition", kept.as_deref().unwrap_or("inline")),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // Who does not listen any more need not be told.
    let _ = request.respond(response);
}
