package dev.darkroom.provider;

import dev.darkroom.core.provider.ImageProvider;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;

/** The beans of an application with one provider, which is selected by any class. */
final class ProviderBeans {

    private ProviderBeans() {}

    @SuppressWarnings("unchecked") // a proxy of a generic interface
    static Instance<ImageProvider> of(ImageProvider provider) {
        return (Instance<ImageProvider>) Proxy.newProxyInstance(
                ProviderBeans.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (self, method, _) -> switch (method.getName()) {
                    case "select" -> self;
                    case "get" -> provider;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
