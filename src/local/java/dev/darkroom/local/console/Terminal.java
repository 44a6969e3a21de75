package dev.darkroom.local.console;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Prints one line for each event, with its time. */
final class Terminal {

    private static final int LABEL = 9;
    private static final int MAX_LENGTH = 1000;

    private final PrintStream out;
    private final Clock clock;

    Terminal(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Prints what happened and its details, without the empty ones. */
    void print(String label, List<String> details) {
        var time = ISO_LOCAL_TIME.format(LocalTime.now(clock).truncatedTo(ChronoUnit.SECONDS));
        var line = new StringBuilder(time).append("  ").append(label);
        line.append(" ".repeat(Math.max(0, LABEL - label.length())));
        details.stream()
                .filter(detail -> !detail.isEmpty())
                .forEach(detail -> line.append("  ").append(printable(detail)));
        out.println(line.toString().stripTrailing());
    }

    /** Names of fields and paths come from clients, and control characters would change what the terminal shows. */
    private static String printable(String text) {
        var visible = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]", "?");
        return visible.length() <= MAX_LENGTH ? visible : visible.substring(0, MAX_LENGTH) + "…";
    }
}
