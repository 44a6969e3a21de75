package dev.darkroom.core;

import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.inspect.ImageFiles;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Has an image at every address, unless a test says what an address does. */
public final class FakeImageSource implements ImageSource {

    private final Map<String, Fetched> results = new ConcurrentHashMap<>();
    private final List<URI> fetched = new CopyOnWriteArrayList<>();
    private final List<Instant> deadlines = new CopyOnWriteArrayList<>();
    private volatile Runnable during = () -> {};

    @Override
    public Fetched fetch(URI address, Instant deadline) {
        fetched.add(address);
        deadlines.add(deadline);
        during.run();
        return results.getOrDefault(address.toString(), new Fetched.Content(imageAt(address.toString())));
    }

    /** Any address of the web may be fetched from, unless a test says that it is not allowed. */
    @Override
    public Optional<String> problem(URI address) {
        return results.get(address.toString()) instanceof Fetched.NotAllowed(var reason)
                ? Optional.of(reason)
                : Optional.of("the address is not https").filter(_ -> !"https".equals(address.getScheme()));
    }

    /** The image at an address, each another one. */
    public static ImageBytes imageAt(String address) {
        return new ImageBytes(ImageFiles.of(ContentType.PNG, 64 + Math.floorMod(address.hashCode(), 1_000), 48));
    }

    /** Every fetch of the address ends like this. */
    public void answer(String address, Fetched result) {
        results.put(address, result);
    }

    public void heal(String address) {
        results.remove(address);
    }

    /** The action runs while an image is fetched. */
    public void during(Runnable action) {
        during = action;
    }

    /** When each fetch had to end. */
    public List<Instant> deadlines() {
        return List.copyOf(deadlines);
    }

    public List<URI> fetched() {
        return List.copyOf(fetched);
    }
}
