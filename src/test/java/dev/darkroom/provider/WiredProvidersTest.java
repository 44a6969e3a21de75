package dev.darkroom.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A provider is added by its three pieces, and they leave no trace. */
class WiredProvidersTest {

    private static final ProviderId EASEL = new ProviderId("easel");
    private static final ModelId SKETCH = new ModelId("easel/sketch");

    @Test
    void itsThreePiecesAddAProvider() {
        var loader = EaselPieces.loader();

        assertThat(WiredProviders.of(loader).ids()).containsExactlyInAnyOrder(CoreFixture.PROVIDER, EASEL);
        assertThat(JsonSchemaCatalogue.of(loader).ids()).contains(SKETCH);
    }

    @Test
    void withoutThemThereIsNoTraceOfIt() {
        assertThat(WiredProviders.deployed().ids()).containsExactly(CoreFixture.PROVIDER);
        assertThat(new JsonSchemaCatalogue().ids()).doesNotContain(SKETCH);
    }

    @Test
    void aFactoryThatMakesAnotherProviderIsNamed() {
        // The factory of WaveSpeed selects a bean, which is that of Easel here.
        var easel = WiredProviders.of(EaselPieces.loader())
                .make(ProviderBeans.of(new FakeImageProvider()), new CallbackUrl(Optional.empty()))
                .of(EASEL);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        WiredProviders.deployed().make(ProviderBeans.of(easel), new CallbackUrl(Optional.empty())))
                .withMessageContaining("is the factory of wavespeed and made easel");
    }

    /** Another row could adopt the prediction of a row that was deleted too early. */
    @Test
    void aProviderThatShowsItsPredictionsForLongerThanRowsAreKeptIsRefused() {
        var provider = new FakeImageProvider();
        provider.keepsHistoryFor(Duration.ofDays(8));

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        WiredProviders.deployed().make(ProviderBeans.of(provider), new CallbackUrl(Optional.empty())))
                .withMessageContaining("wavespeed shows its predictions for PT192H");
    }
}
