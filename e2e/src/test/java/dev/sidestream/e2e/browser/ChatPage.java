package dev.sidestream.e2e.browser;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One person's own browser on the site's pages. */
public final class ChatPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final ChromeDriver driver;
    private final String site;

    private ChatPage(ChromeDriver driver, String site) {
        this.driver = driver;
        this.site = site;
    }

    /** Whether there is a browser to use. */
    public static boolean isPossible() {
        return find("chromedriver").isPresent() && browser().isPresent();
    }

    /** Starts a browser. */
    public static ChatPage open(String site) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        ChromeOptions options = new ChromeOptions()
                .setBinary(browser().orElseThrow())
                .addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver").orElseThrow())
                .usingAnyFreePort()
                .build();
        return new ChatPage(new ChromeDriver(service, options), site);
    }

    /** Signs in, and leaves the room that the site shows first. */
    public void signIn(String name, String password) {
        driver.get(site + "/login");
        driver.findElement(By.name("username")).sendKeys(name);
        driver.findElement(By.name("password")).sendKeys(password + Keys.ENTER);
        until("signed in", () -> !driver.getCurrentUrl().contains("/login"));
        leave();
    }

    /** Opens a room and waits until its page says that it is live. */
    public void enter(String room) {
        driver.get(site + "/rooms/" + room);
        awaitStatus("live");
    }

    /** Leaves the site, so that its socket ends. */
    public void leave() {
        driver.get("about:blank");
    }

    /** Waits until the page shows this state of its connection. */
    public void awaitStatus(String status) {
        until(
                "the page shows " + status,
                () -> status.equals(driver.findElement(By.id("connection")).getDomAttribute("data-status")));
    }

    /** Types a message and sends it with the keyboard alone. */
    public void say(String text) {
        driver.findElement(By.id("text")).sendKeys(text, Keys.ENTER);
    }

    /** Waits until a message is shown. */
    public void awaitMessage(String text) {
        until("the page shows the message " + text, () -> messages().contains(text));
    }

    /** The texts of all messages that are shown, in order. */
    @SuppressWarnings("unchecked")
    public List<String> messages() {
        return (List<String>) driver.executeScript(
                "return [...document.querySelectorAll('#log .bubble')].map(element => element.textContent)");
    }

    /** Everything that the browser complained about, such as errors of scripts; what a lost connection causes is left out. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("WebSocket connection to"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void until(String what, BooleanSupplier condition) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(ignored -> condition.getAsBoolean());
    }

    private static Optional<File> browser() {
        return find("chromium").or(() -> find("google-chrome")).or(() -> find("chromium-browser"));
    }

    private static Optional<File> find(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }
}
