package dev.darkroom.explorer;

/** A process that may die; nothing of a dead one runs any more, not even its exception handlers. */
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

    /** Each port calls this first, so that a dead process has no effect. */
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
