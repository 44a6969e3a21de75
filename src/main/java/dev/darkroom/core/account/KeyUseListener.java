package dev.darkroom.core.account;

/** Is told at once, on the thread of the request, at most once a day for each key and process. */
@FunctionalInterface
public interface KeyUseListener {

    /** The day of the key's use could not be stored, and this process does not try it again. */
    void useNotRecorded(ApiKeyId key, RuntimeException cause);
}
