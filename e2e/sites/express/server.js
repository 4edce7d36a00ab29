// A site as many are: Express with passport's login, its sessions in Redis.
import express from "express";
import session from "express-session";
import passport from "passport";
import { Strategy as LocalStrategy } from "passport-local";
import { RedisStore } from "connect-redis";
import { createClient } from "redis";
import { publish } from "./publish.mjs";

const users = { alice: "wonderland", bob: "builder" };

const redis = createClient({ url: process.env.REDIS_URL ?? "redis://127.0.0.1:6379" });
redis.on("error", (error) => console.error("redis:", error.message));
await redis.connect();

passport.use(
  new LocalStrategy((name, password, done) => done(null, users[name] === password ? { id: name } : false)),
);
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, { id }));

const app = express();
app.use(express.urlencoded({ extended: false }));
app.use(
  session({
    store: new RedisStore({ client: redis }),
    secret: (process.env.SESSION_SECRETS ?? "keyboard cat").split(","),
    resave: false,
    saveUninitialized: true,
  }),
);
app.use(passport.session());

app.get("/", (request, response) => {
  request.session.visits = (request.session.visits ?? 0) + 1;
  response.type("html").send('<form method="post" action="/login"><input name="username"><input name="password"></form>');
});
app.post("/login", passport.authenticate("local"), (request, response) => response.send(`hello ${request.user.id}`));
app.get("/whoami", (request, response) =>
  request.user ? response.json({ id: request.user.id, name: request.user.id }) : response.sendStatus(401),
);
app.post("/orders", async (request, response) => {
  await publish(redis, "orders", "a new order", request.user.id);
  response.sendStatus(201);
});
app.post("/logout", (request, response, next) =>
  request.logout((error) => (error ? next(error) : response.send("bye"))),
);

const server = app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () =>
  console.log(`listening on ${server.address().port}`),
);
process.on("SIGTERM", () => process.exit(0));
