package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.provider.ProviderFactory;
import jakarta.enterprise.inject.Instance;

/** Wires WaveSpeed. */
public final class WaveSpeedFactory implements ProviderFactory {

    static final ProviderId ID = new ProviderId("wavespeed");

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ImageProvider make(Instance<ImageProvider> beans) {
        return beans.select(WaveSpeedImageProvider.class).get();
    }
}
