//! Framing, text extraction and routing validation.
#![allow(missing_docs, reason = "criterion's macros make functions without")]

use auriko_wasm::routing::RoutingOptions;
use auriko_wasm::sse::Decoder;
use auriko_wasm::stream::{Protocol, Stream};
use auriko_wasm::value::Value;
use auriko_wasm_benches::{TEXTS, stream};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const EVENTS: usize = 1024;

/// Reads of so many bytes: about one event, and many.
const READS: [usize; 2] = [256, 16_384];

fn framing(c: &mut Criterion) {
    let mut group = c.benchmark_group("framing");
    group.throughput(Throughput::Elements(EVENTS as u64));
    for (kind, texts) in TEXTS {
        let input = stream(texts, EVENTS);
        for read in READS {
            group.bench_function(format!("{kind}, {read} bytes per read"), |b| {
                b.iter_batched(
                    Decoder::new,
                    |mut decoder| {
                        let mut events = 0;
                        for piece in input.chunks(read) {
                            decoder.push(piece);
                            while decoder.next_event().is_some() {
                                events += 1;
                            }
                        }
                        black_box(events)
                    },
                    BatchSize::SmallInput,
                );
            });
        }
    }
}

/// A whole stream, as chunks (whole and abridged) and as text.
fn chunks(c: &mut Criterion) {
    let ways: [(&str, fn(&mut Stream)); 3] =
        [("whole chunks", |_| {}), ("abridged chunks", Stream::abridge), ("text", Stream::read_text)];
    let mut group = c.benchmark_group("stream");
    group.throughput(Throughput::Elements(EVENTS as u64));
    for (kind, texts) in TEXTS {
        let input = stream(texts, EVENTS);
        for (way, set) in ways {
            for read in READS {
                group.bench_function(format!("{way}, {kind}, {read} bytes per read"), |b| {
                    b.iter(|| {
                        let mut stream = Stream::new(Protocol::ChatCompletions);
                        set(&mut stream);
                        for piece in input.chunks(read) {
                            stream.space(piece.len()).copy_from_slice(piece);
                            black_box(stream.advance());
                            black_box(stream.text());
                            black_box(stream.batch());
                        }
                    });
                });
            }
        }
    }
}

fn routing(c: &mut Criterion) {
    let text = |text: &str| Value::String(text.to_owned());
    let fields = Value::Object(vec![
        ("optimize".to_owned(), text("cost")),
        ("max_ttft_ms".to_owned(), Value::Number(2000.0)),
        ("providers".to_owned(), Value::Array(vec![text("openai"), text("xai")])),
    ]);
    assert!(RoutingOptions::from_value(&fields).is_ok(), "the options are valid");
    c.bench_function("routing options", |b| b.iter(|| RoutingOptions::from_value(black_box(&fields))));
}

criterion_group!(core, framing, chunks, routing);
criterion_main!(core);
