package dev.darkroom.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(7);

    @Test
    void itSaysEachStepWithTheSecondsAndRepeatsALongOne() {
        try (var progress = new Progress(lines::add, now::get)) {
            progress.step("starting the table");
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(5_400));
            progress.say();
            progress.step("starting a process of each function");
        }

        assertThat(lines)
                .containsExactly(
                        "  0 s  starting the table",
                        "  5 s  starting the table",
                        "  5 s  starting a process of each function");
    }
}
