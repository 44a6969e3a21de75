package dev.darkroom.explorer;

/** A process, which may die: then nothing of it runs any more, not even its handling of exceptions. */
final class SimulatedProcess {

    /** Ends the threads of a dead process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    private final String name;
    private boolean dead;

    SimulatedProcess(String name) {
        this.name = name;
    }

    void die() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    /** Each port asks this first, so that what is left of a dead process does nothing. */
    void checkAlive() {
        if (dead) {
            throw new Killed();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
