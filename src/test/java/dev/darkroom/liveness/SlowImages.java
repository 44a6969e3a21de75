package dev.darkroom.liveness;

import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.liveness.Answers.Service;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The servers of images, which take time and fail for the images of bad prompts. */
final class SlowImages implements ImageSource {

    private static final Duration FETCH = Duration.ofMillis(300);

    private final Simulation simulation;
    private final Answers toBadPrompts;

    SlowImages(Simulation simulation, Answers toBadPrompts) {
        this.simulation = simulation;
        this.toBadPrompts = toBadPrompts;
    }

    @Override
    public Fetched fetch(URI address, Instant deadline) {
        var answers = address.getPath().startsWith(SlowProvider.BAD_IMAGE) ? toBadPrompts : Answers.GOOD;
        simulation.sleep(answers.failure(Service.IMAGES).orElse(FETCH));
        return answers.failure(Service.IMAGES).isPresent()
                ? new Fetched.Failed("no image")
                : new Fetched.Content(FakeImageSource.imageAt(address.toString()));
    }

    @Override
    public Optional<String> problem(URI address) {
        return Optional.empty();
    }
}
