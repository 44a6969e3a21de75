package dev.darkroom.http.wavespeed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.http.GatewayAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A caller can see what became of its parameters. */
class WarningsViewTest {

    private final GenerationViews views = new GenerationViews(
            new GatewayAddress(Optional.empty(), Optional.empty()),
            Timeouts.DEFAULTS,
            new ImageRetention(Duration.ofDays(30), InstantSource.system()));

    @Test
    void warningsNameTheParameterAndWhatBecameOfIt() {
        var notices = new Notices(List.of(new Warning("size", "was ignored")), Optional.empty());

        var data = views.json(new CoreFixture().submitted("a cat"), Optional.empty(), notices);

        assertThat(data.path("warnings")).hasToString("[{\"field\":\"size\",\"message\":\"was ignored\"}]");
    }

    @Test
    void nothingToSayIsNotMentioned() {
        var data = views.json(new CoreFixture().submitted("a cat"), Optional.empty());

        assertThat(data.has("warnings")).isFalse();
    }
}
