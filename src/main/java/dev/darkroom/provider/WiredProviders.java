package dev.darkroom.provider;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.settings.Environment;
import dev.darkroom.settings.ProviderVariables;
import jakarta.enterprise.inject.Instance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/** The providers that are named in {@code META-INF/services}. */
public final class WiredProviders {

    /** Static, so that a native image has found them when it was built. */
    private static final WiredProviders DEPLOYED = of(WiredProviders.class.getClassLoader());

    private final Map<ProviderId, ProviderFactory> factories;

    private WiredProviders(Map<ProviderId, ProviderFactory> factories) {
        this.factories = factories;
    }

    /** The providers of the artifact. */
    public static WiredProviders deployed() {
        return DEPLOYED;
    }

    /** The providers that this class loader finds. Throws {@link IllegalStateException} when two have the same id. */
    public static WiredProviders of(ClassLoader loader) {
        var factories = new LinkedHashMap<ProviderId, ProviderFactory>();
        for (var factory : ServiceLoader.load(ProviderFactory.class, loader)) {
            var other = factories.put(factory.id(), factory);
            if (other != null) {
                throw new IllegalStateException("%s and %s both make the provider %s"
                        .formatted(
                                other.getClass().getName(), factory.getClass().getName(), factory.id()));
            }
        }
        return new WiredProviders(factories);
    }

    public Set<ProviderId> ids() {
        return Set.copyOf(factories.keySet());
    }

    /** The environment variables of each. Makes none of them. */
    public List<ProviderVariables> variables() {
        return factories.values().stream().map(ProviderFactory::variables).toList();
    }

    /** Makes all of them. */
    public ImageProviders make(Instance<ImageProvider> beans, CallbackUrl callback) {
        return new ImageProviders(
                factories.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> made(entry.getValue(), beans))),
                callback);
    }

    private static ImageProvider made(ProviderFactory factory, Instance<ImageProvider> beans) {
        var provider = factory.make(beans);
        if (!provider.id().equals(factory.id())) {
            throw new IllegalStateException("%s is the factory of %s and made %s"
                    .formatted(factory.getClass().getName(), factory.id(), provider.id()));
        }
        if (provider.historyKept().compareTo(Environment.LONGEST_HISTORY) > 0) {
            throw new IllegalStateException(
                    "%s shows its predictions for %s, longer than LONGEST_HISTORY: rows have to be kept for longer"
                            .formatted(provider.id(), provider.historyKept()));
        }
        return provider;
    }
}
