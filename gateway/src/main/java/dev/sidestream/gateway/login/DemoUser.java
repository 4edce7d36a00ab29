package dev.sidestream.gateway.login;

/**
 * A visitor who can log in.
 *
 * @param name what others see; 1 to 64 characters, none of them a control character
 * @param password in the clear, because it opens nothing but the demo; or in the form <code>{bcrypt}...</code> of Spring Security
 */
public record DemoUser(String name, String password) {

    private static final int MAX_NAME = 64;

    public DemoUser {
        if (name.isBlank()
                || name.length() > MAX_NAME
                || name.chars().anyMatch(Character::isISOControl)
                || !name.equals(name.strip())) {
            throw new IllegalArgumentException(
                    "gateway.users: a name has 1 to 64 characters, no control characters and no space around it");
        }
        if (password.isEmpty()) {
            throw new IllegalArgumentException("gateway.users: " + name + " has no password");
        }
    }

    /** As Spring Security's delegating encoder stores it. */
    String encodedPassword() {
        return password.startsWith("{") ? password : "{noop}" + password;
    }

    /** Without the password, so that it cannot reach a log. */
    @Override
    public String toString() {
        return "DemoUser[" + name + "]";
    }
}
