package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.stub.DynamoDbStub;
import dev.darkroom.bench.stub.Stubs;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import dev.darkroom.bench.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Measures whether the time of an answer shows which part of a guessed link is wrong. */
final class LinkGuesses {

    private static final Stubs.Latencies LATENCIES = new Stubs.Latencies(4, 25, 20, 5);
    private static final String NOT_FOUND = "\"statusCode\":404";

    /** A link that is opened. */
    enum Guess {
        RIGHT("the right link", DynamoDbStub.KEPT, DynamoDbStub.TOKEN),
        FIRST_DIGIT("the token's first digit is wrong", DynamoDbStub.KEPT, "f" + DynamoDbStub.TOKEN.substring(1)),
        LAST_DIGIT("the token's last digit is wrong", DynamoDbStub.KEPT, DynamoDbStub.TOKEN.substring(0, 31) + "0"),
        UNKNOWN_ID("the id is unknown", "f".repeat(32), DynamoDbStub.TOKEN);

        private final String title;
        private final String id;
        private final String token;

        Guess(String title, String id, String token) {
            this.title = title;
            this.id = id;
            this.token = token;
        }

        private String event() {
            return Handler.IMAGE.event().replace(DynamoDbStub.KEPT, id).replace(DynamoDbStub.TOKEN, token);
        }

        private boolean isAnsweredBy(String answer) {
            return this == RIGHT ? Handler.IMAGE.isAnsweredBy(answer) : answer.contains(NOT_FOUND);
        }
    }

    private final Subject subject;
    private final Path logs;
    private final Map<Guess, Samples> samples = new EnumMap<>(Guess.class);

    LinkGuesses(Subject subject, Path logs) {
        this.subject = subject;
        this.logs = logs;
    }

    void run(Report report, int events) throws IOException, InterruptedException {
        int warmUp = events / 5;
        report.section("guessed links", """
            %d events of get-image (%s) for each link after %d that do not count, the links in turn in one process. Stubs on
            loopback, no TLS: %s. The noise is the width of the middle half (p25 to p75) of the answers about an unknown id.""".formatted(events, subject.name(), warmUp, LATENCIES));
        try (var stubs = new Stubs(LATENCIES);
                var process = new MeasuredProcess(subject, Handler.IMAGE, stubs.environment(), logs)) {
            process.start();
            for (int event = 0; event < warmUp + events; event++) {
                for (var guess : Guess.values()) {
                    double millis = open(guess, process, stubs);
                    if (event >= warmUp) {
                        samples.computeIfAbsent(guess, _ -> new Samples()).add(millis);
                    }
                }
            }
        }
        samples.forEach((guess, each) -> report.row(guess.title, "ms", each));
        report.atMost(
                "a wrong first digit against a wrong last one: parts of the noise",
                differenceInNoise(Guess.FIRST_DIGIT, Guess.LAST_DIGIT),
                1);
        report.atMost(
                "a wrong token against an unknown id: parts of the noise",
                differenceInNoise(Guess.LAST_DIGIT, Guess.UNKNOWN_ID),
                1);
    }

    private double open(Guess guess, MeasuredProcess process, Stubs stubs) throws InterruptedException {
        process.send(guess::event);
        var answer = process.answer();
        stubs.requireNoFailure();
        if (!guess.isAnsweredBy(answer.body())) {
            throw new IllegalStateException("%s: an unexpected answer: %s".formatted(guess.title, answer.body()));
        }
        return answer.nanos() / 1e6;
    }

    private OptionalDouble differenceInNoise(Guess one, Guess other) {
        double difference = Math.abs(of(one).median() - of(other).median());
        double noise =
                of(Guess.UNKNOWN_ID).percentile(75) - of(Guess.UNKNOWN_ID).percentile(25);
        return noise > 0 ? OptionalDouble.of(difference / noise) : OptionalDouble.empty();
    }

    private Samples of(Guess guess) {
        return samples.getOrDefault(guess, new Samples());
    }
}
