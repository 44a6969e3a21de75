package dev.darkroom.core.provider;

/** The key that a provider is called with. It may be replaced at any time, so it is asked for before each call. */
public interface ProviderKey {

    /**
     * The key to use now. It blocks only until there is a first one.
     *
     * @throws SecretUnavailableException while there is none
     */
    String current();

    /**
     * Called when the provider has refused a key (401). Returns whether another attempt may be accepted: the key was
     * replaced, or it cannot be seen now whether it was.
     */
    boolean mayBeReplaced(String refused);

    /** A key that never changes. */
    static ProviderKey fixed(String key) {
        return new ProviderKey() {
            @Override
            public String current() {
                return key;
            }

            @Override
            public boolean mayBeReplaced(String refused) {
                return false;
            }
        };
    }
}
