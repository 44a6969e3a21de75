package dev.darkroom.runtime.nativeimage;

import io.quarkus.jackson.runtime.JacksonBuildTimeConfig;
import io.quarkus.logging.json.runtime.JsonLogConfig;
import io.quarkus.runtime.BannerRuntimeConfig;
import io.quarkus.runtime.ConfigConfig;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchConfig;
import io.quarkus.runtime.LiveReloadConfig;
import io.quarkus.runtime.LocalesBuildTimeConfig;
import io.quarkus.runtime.ThreadPoolConfig;
import io.quarkus.runtime.console.ConsoleRuntimeConfig;
import io.quarkus.runtime.init.InitRuntimeConfig;
import io.quarkus.runtime.logging.LogBuildTimeConfig;
import io.quarkus.runtime.logging.LogRuntimeConfig;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fixes framework settings that are never set at run time when the native image is built, because reading them took an
 * eighth of every start. On the JVM, and for all other settings, nothing changes.
 */
public final class BuildTimeConfig implements SmallRyeConfigBuilderCustomizer {

    /** Runs after all other customizers, which add the settings that are removed here. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        if (ImageMode.current() == ImageMode.NATIVE_RUN) {
            // The settings in files of the class path are in the image, as defaults.
            builder.setAddDefaultSources(false).setAddSystemSources(true);
            var mappings = builder.getMappingsBuilder();
            for (var mapping : Set.copyOf(mappings.getMappings())) {
                var fixed = AtBuildTime.MAPPINGS.get(mapping.getType());
                if (fixed != null) {
                    mappings.getMappings().remove(mapping);
                    mappings.mappingInstance(mapping, fixed);
                    builder.getDefaultValues()
                            .keySet()
                            .removeAll(mapping.getProperties().keySet());
                }
            }
        }
    }

    /** Initialised while the native image is built; never on the JVM. */
    private static final class AtBuildTime {

        static final Map<Class<?>, Object> MAPPINGS = mappings();

        private static Map<Class<?>, Object> mappings() {
            var classes = Stream.of(
                            BannerRuntimeConfig.class,
                            ConfigConfig.class,
                            ConsoleRuntimeConfig.class,
                            InitRuntimeConfig.class,
                            JacksonBuildTimeConfig.class,
                            JsonLogConfig.class,
                            LaunchConfig.class,
                            LiveReloadConfig.class,
                            LocalesBuildTimeConfig.class,
                            LogBuildTimeConfig.class,
                            LogRuntimeConfig.class,
                            ShutdownConfig.class,
                            ThreadPoolConfig.class)
                    .map(ConfigClass::configClass)
                    .collect(Collectors.toSet());
            var config = config(classes);
            return classes.stream()
                    .collect(Collectors.toUnmodifiableMap(
                            ConfigClass::getType, mapping -> config.getConfigMapping(mapping.getType())));
        }

        private static SmallRyeConfig config(Set<ConfigClass> classes) {
            var url = BuildTimeConfig.class.getResource("/application.properties");
            if (url == null) {
                throw new IllegalStateException("the settings are not on the class path");
            }
            try {
                var builder = new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .addDiscoveredConverters()
                        .withSources(new PropertiesConfigSource(url, 0))
                        .withDefaultValue(SmallRyeConfig.SMALLRYE_CONFIG_MAPPING_VALIDATE_UNKNOWN, "false");
                classes.forEach(builder::withMapping);
                return builder.build();
            } catch (IOException e) {
                throw new UncheckedIOException("the settings cannot be read", e);
            }
        }
    }
}
