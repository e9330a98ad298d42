//! What does indexing cost at the least? A minimal program that only indexes the same passages with tantivy and jieba-rs:
//! search mode, frequencies and positions, text stored, nothing read out of the text. `measure.py` holds `zhengce index`
//! against it.
//!
//! ```text
//! cargo run --release --example bare -- passages.txt FOLDER     a passage a line
//! ```

use std::fs;
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::time::Instant;

use jieba_rs::Jieba;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, doc};

#[derive(Clone)]
struct Words(Arc<Jieba>);

struct Stream {
    tokens: std::vec::IntoIter<Token>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let words = self.0.cut_for_search(text, false);
        let tokens: Vec<Token> =
            words.into_iter().map(|word| Token { position: word.start, text: word.word.to_owned(), ..Token::default() }).collect();
        Stream { tokens: tokens.into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        self.tokens.next().map(|token| self.token = token).is_some()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(passages), Some(folder)) = (args.next(), args.next()) else {
        return Err("say: bare PASSAGES FOLDER".into());
    };
    let begun = Instant::now();
    let indexing = TextFieldIndexing::default().set_tokenizer("words").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    fs::create_dir_all(&folder)?;
    let index = Index::create_in_dir(&folder, schema.build())?;
    index.tokenizers().register("words", Words(Arc::new(Jieba::new())));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * (100 << 20))?;
    let mut bytes = 0;
    for passage in BufReader::new(fs::File::open(passages)?).lines() {
        let passage = passage?;
        bytes += passage.len();
        writer.add_document(doc!(text => passage))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{bytes} bytes in {seconds:.3} s: {:.1} MB/s", bytes as f64 / 1e6 / seconds);
    Ok(())
}
