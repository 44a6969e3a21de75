package dev.darkroom.provider.easel;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.provider.ProviderFactory;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.time.Duration;

/** Wires Easel. Its settings are system properties, because a setting of the application needs a bean. */
public final class EaselFactory implements ProviderFactory {

    public static final String BASE_URL = "easel.base-url";

    static final ProviderId ID = new ProviderId("easel");

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(5);

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ImageProvider make(Instance<ImageProvider> beans) {
        var address = URI.create(System.getProperty(BASE_URL, "http://localhost"));
        return new EaselImageProvider(address, "easel-token", POLL_TIMEOUT);
    }
}
