package dev.darkroom.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunPlatformTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @Test
    void anArabicLocaleChangesNoFileName() {
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));

        assertThat(RunPlatform.logFile(Path.of("p"), 8180)).hasToString("p/target/local/functions-8180.log");
        assertThat(RunPlatform.description(Path.of("p"), 8180)).hasToString("p/target/local/platform-8180.json");
    }

    @Test
    void anErrorIsASentenceWithoutJavasNames() {
        var error = new CompletionException(new IllegalStateException("get-generation did not start"));

        assertThat(RunPlatform.reason(error)).isEqualTo("get-generation did not start");
        assertThat(RunPlatform.reason(new IllegalStateException("port 1 cannot be opened")))
                .isEqualTo("port 1 cannot be opened");
    }
}
