package dev.darkroom.runtime.wiring;

import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import dev.darkroom.provider.ProviderFactory;
import dev.darkroom.provider.WiredProviders;
import java.util.Set;

/** The catalogue of the artifact: the provider of every model is wired. */
public final class DeployedCatalogue {

    /** Static, so that a native image with another catalogue is not even built. */
    public static final ModelCatalogue CATALOGUE =
            checked(new JsonSchemaCatalogue(), WiredProviders.deployed().ids());

    private DeployedCatalogue() {}

    /** The same models with the deployment's aliases; {@link JsonSchemaCatalogue#problems} says which are valid. */
    static ModelCatalogue with(String aliases, UnknownParameters unknown) {
        return aliases.isEmpty() && unknown == UnknownParameters.REFUSE
                ? CATALOGUE
                : new JsonSchemaCatalogue(aliases, unknown);
    }

    /** Throws {@link IllegalStateException}, which names the model, when its provider is not wired. */
    static ModelCatalogue checked(ModelCatalogue catalogue, Set<ProviderId> wired) {
        for (var id : catalogue.ids()) {
            var provider = catalogue.find(id).orElseThrow().provider();
            if (!wired.contains(provider)) {
                throw new IllegalStateException(
                        "The model %s names the provider %s, which is not wired. Remove the model, or add the provider's factory to META-INF/services/%s."
                                .formatted(id, provider, ProviderFactory.class.getName()));
            }
        }
        return catalogue;
    }
}
