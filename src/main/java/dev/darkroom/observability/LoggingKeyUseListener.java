package dev.darkroom.observability;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyUseListener;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Logs uses of keys that could not be recorded. No request fails because of one, so it is no error. */
@Singleton
public class LoggingKeyUseListener implements KeyUseListener {

    private static final Logger LOG = Logger.getLogger(LoggingKeyUseListener.class);

    @Override
    public void useNotRecorded(ApiKeyId key, RuntimeException cause) {
        LOG.warnf(cause, "key-use-not-recorded %s", key);
    }
}
