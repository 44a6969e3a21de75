package dev.darkroom.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.darkroom.bench.report.Machine;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Model.Validation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/** {@code make bench-bodies}: how much CPU time the validation of a request body costs beyond reading its JSON. */
public final class BodyBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** Reads JSON as the gateway does: without a table of names, because the table costs time too. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private BodyBenchmark() {}

    /** Prints a Markdown table to the terminal; {@code REPS} is how often each body is measured. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = runs();
        var model = new JsonSchemaCatalogue()
                .find(new ModelId("wavespeed-ai/imagen4"))
                .orElseThrow();
        System.out.println(Machine.here(Path.of("").toAbsolutePath()).described());
        System.out.println();
        System.out.println("| body | KB | reading, ms | validation, ms | beyond reading, ms | answer |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        var bodies = WorstBodies.byKind();
        // Warm up with all bodies, so that no body is measured while code for another is still being compiled.
        bodies.values().forEach(body -> measured(runs, () -> read(body)));
        bodies.values().forEach(body -> measured(runs, () -> model.validate(body)));
        bodies.forEach((kind, body) -> print(kind, body, model, runs));
    }

    private static int runs() {
        try {
            return new Settings(System.getenv()).number("REPS", 20);
        } catch (IllegalArgumentException e) {
            System.err.println("bench-bodies: " + e.getMessage());
            System.exit(1);
            return 0;
        }
    }

    private static void print(String kind, String body, Model model, int runs) {
        double reading = measured(runs, () -> read(body)).median();
        double validation = measured(runs, () -> model.validate(body)).median();
        System.out.printf(
                "| %s | %d | %.2f | %.2f | %.2f | %s |%n",
                kind,
                WorstBodies.bytes(body) / 1024,
                reading,
                validation,
                Math.max(0, validation - reading),
                answer(model, body));
    }

    private static Samples measured(int runs, Runnable work) {
        var samples = new Samples();
        for (int run = 0; run < runs; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            work.run();
            samples.addMillis(THREADS.getCurrentThreadCpuTime() - start);
        }
        return samples;
    }

    /** Reads all tokens, until the end or the first that is not valid JSON. */
    private static void read(String body) {
        try (var parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                // Only reading is measured.
            }
        } catch (JsonProcessingException _) {
            // Reading ends at the first error.
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }

    private static String answer(Model model, String body) {
        return switch (model.validate(body)) {
            case Validation.Valid _ -> "accepted";
            case Validation.Invalid(var violations) -> {
                var first = violations.getFirst();
                yield first.field() + " " + first.message();
            }
        };
    }
}
