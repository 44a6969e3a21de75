package dev.darkroom.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.provider.EaselPieces;
import dev.darkroom.provider.WiredProviders;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeployedCatalogueTest {

    @Test
    void theProviderOfEveryModelOfTheArtifactIsWired() {
        assertThat(DeployedCatalogue.CATALOGUE.ids()).isNotEmpty();
    }

    @Test
    void aModelWhoseProviderIsNotWiredIsNamedWithTheRemedy() {
        var catalogue = JsonSchemaCatalogue.of(EaselPieces.loader());

        assertThatIllegalStateException()
                .isThrownBy(() -> DeployedCatalogue.checked(catalogue, Set.of(new ProviderId("wavespeed"))))
                .withMessage("The model easel/sketch names the provider easel, which is not wired. Remove the model, or"
                        + " add the provider's factory to META-INF/services/dev.darkroom.provider.ProviderFactory.");
    }

    @Test
    void withItsFactoryTheModelIsAccepted() {
        var loader = EaselPieces.loader();
        var catalogue = JsonSchemaCatalogue.of(loader);

        assertThat(DeployedCatalogue.checked(
                        catalogue, WiredProviders.of(loader).ids()))
                .isSameAs(catalogue);
    }
}
