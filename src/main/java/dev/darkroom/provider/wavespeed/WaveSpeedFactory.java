package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.provider.ProviderFactory;
import dev.darkroom.settings.ProviderVariables;
import dev.darkroom.settings.Rule;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;

/** Wires WaveSpeed. */
public final class WaveSpeedFactory implements ProviderFactory {

    static final ProviderId ID = new ProviderId("wavespeed");

    private static final String KEY = "DARKROOM_WAVESPEED_API_KEY";
    private static final String KEY_SECRET = "DARKROOM_WAVESPEED_API_KEY_SECRET";

    /** The properties of {@link WaveSpeedConfig}. */
    private static final ProviderVariables VARIABLES = new ProviderVariables(
            List.of(
                    Rule.number("DARKROOM_WAVESPEED_IMAGES_PER_MINUTE", 1, 60_000)
                            .orEmpty(),
                    Rule.address("DARKROOM_WAVESPEED_BASE_URL"),
                    Rule.duration("DARKROOM_WAVESPEED_RESULT_TIMEOUT", Duration.ofMillis(1), Duration.ofMinutes(1)),
                    Rule.secret(KEY),
                    Rule.text(
                                    KEY_SECRET,
                                    "[A-Za-z0-9/_+=.@:-]{1,512}",
                                    "the name or ARN of a secret, or the ARN of a parameter")
                            .orEmpty(),
                    Rule.text(
                                    "DARKROOM_WAVESPEED_API_KEY_FIELD",
                                    "[^\\s]{1,128}",
                                    "the name of a field, without blanks")
                            .orEmpty(),
                    Rule.secrets("DARKROOM_WAVESPEED_WEBHOOK_SECRET", "whsec_")),
            List.of(List.of(KEY_SECRET, KEY)));

    @Override
    public ProviderId id() {
        return ID;
    }

    @Override
    public ImageProvider make(Instance<ImageProvider> beans) {
        return beans.select(WaveSpeedImageProvider.class).get();
    }

    @Override
    public ProviderVariables variables() {
        return VARIABLES;
    }
}
