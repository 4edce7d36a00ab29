<?php
// Records what Laravel leaves in the browser and in Redis, with Laravel's own encrypter, cookie prefix, guard, session store and
// cache:
//     php record.php <redis host> <redis port> <output folder>
// Needs php-cli, php-redis and php-laravel-framework of Debian (8.83), or an autoloader with the illuminate packages in AUTOLOAD.
//
// Composed rather than recorded, because 8.83 has no such settings: "json" writes the store's own fields as JSON, and "laravel-12"
// has the names with dashes as well, of the cookie and of both prefixes, that new sites of later versions have.

declare(strict_types=1);

use Illuminate\Auth\GenericUser;
use Illuminate\Auth\SessionGuard;
use Illuminate\Cache\RedisStore;
use Illuminate\Cache\Repository;
use Illuminate\Container\Container;
use Illuminate\Contracts\Auth\Authenticatable;
use Illuminate\Contracts\Auth\UserProvider;
use Illuminate\Cookie\CookieValuePrefix;
use Illuminate\Encryption\Encrypter;
use Illuminate\Redis\RedisManager;
use Illuminate\Session\CacheBasedSessionHandler;
use Illuminate\Session\EncryptedStore;
use Illuminate\Session\Store;

require getenv('AUTOLOAD') ?: '/usr/share/php/Illuminate/autoload.php';
foreach (getenv('AUTOLOAD') ? [] : ['Auth', 'Cache', 'Cookie', 'Encryption', 'Redis', 'Session', 'Container', 'Support'] as $part) {
    require_once "/usr/share/php/Illuminate/$part/autoload.php";
}

/** Knows the one user. */
final class OneUser implements UserProvider
{
    public function retrieveById($identifier)
    {
        return new GenericUser(['id' => 7, 'name' => 'alice', 'password' => hash('sha256', 'wonderland'), 'remember_token' => null]);
    }

    public function retrieveByToken($identifier, $token)
    {
        return null;
    }

    public function updateRememberToken(Authenticatable $user, $token)
    {
    }

    public function retrieveByCredentials(array $credentials)
    {
        return $this->retrieveById(7);
    }

    public function validateCredentials(Authenticatable $user, array $credentials)
    {
        return hash('sha256', $credentials['password']) === $user->getAuthPassword();
    }
}

/** As the stores of later versions: the prefix stands as it is configured, without a colon behind it. */
final class LaterRedisStore extends RedisStore
{
    public function setPrefix($prefix)
    {
        $this->prefix = $prefix;
    }
}

[, $host, $port, $out] = $argv;

$variants = [
    'laravel' => ['cipher' => 'AES-256-CBC', 'encrypt' => false, 'json' => false],
    'laravel-128' => ['cipher' => 'AES-128-CBC', 'encrypt' => false, 'json' => false],
    'laravel-gcm' => ['cipher' => 'AES-256-GCM', 'encrypt' => false, 'json' => false],
    'laravel-encrypted' => ['cipher' => 'AES-256-CBC', 'encrypt' => true, 'json' => false],
    'laravel-json' => ['cipher' => 'AES-256-CBC', 'encrypt' => false, 'json' => true],
    'laravel-12' => ['cipher' => 'AES-256-CBC', 'encrypt' => false, 'json' => true, 'dashes' => true],
];

foreach ($variants as $name => $variant) {
    $dashes = $variant['dashes'] ?? false;
    $cookie = $dashes ? 'laravel-session' : 'laravel_session';
    $prefix = $dashes ? 'laravel-database-' : 'laravel_database_';
    $redis = new RedisManager(new Container(), 'phpredis', [
        'options' => ['prefix' => $prefix],
        'default' => ['host' => $host, 'port' => (int) $port, 'database' => 0],
    ]);
    $raw = new Redis();
    $raw->connect($host, (int) $port);
    $key = Encrypter::generateKey($variant['cipher']);
    $encrypter = new Encrypter($key, $variant['cipher']);
    $cache = new Repository($dashes ? new LaterRedisStore($redis, 'laravel-cache-') : new RedisStore($redis, 'laravel_cache'));
    $handler = new CacheBasedSessionHandler($cache, 120);

    $open = fn () => $variant['encrypt']
        ? new EncryptedStore($cookie, $handler, $encrypter)
        : new Store($cookie, $handler);
    $save = function ($session) use ($variant, $handler) {
        if ($variant['json']) {
            $session->ageFlashData();
            $handler->write($session->getId(), json_encode($session->all()));
        } else {
            $session->save();
        }
    };
    $moment = function ($session) use ($cookie, $encrypter, $key, $raw) {
        $value = CookieValuePrefix::create($cookie, $key) . $session->getId();
        $keys = [];
        foreach ($raw->keys('*') as $each) {
            $keys[$each] = base64_encode($raw->get($each));
        }
        return ['cookies' => $cookie . '=' . rawurlencode($encrypter->encrypt($value, false)), 'keys' => $keys];
    };

    $raw->flushAll();
    $session = $open();
    $session->start();
    $save($session);
    $anonymous = $moment($session);

    $guard = new SessionGuard('web', new OneUser(), $session);
    $guard->attempt(['password' => 'wonderland']) || exit('alice could not sign in');
    // As the middleware AuthenticateSession does it, and as a site does that wants names.
    $session->put('password_hash_web', $guard->user()->getAuthPassword());
    $session->put('name', 'alice');
    $save($session);
    $login = $moment($session);

    $guard->logout();
    $session->invalidate();
    $save($session);
    $logout = ['cookies' => $login['cookies'], 'keys' => $moment($session)['keys']];

    $states = [
        'settings' => [
            'APP_KEY' => 'base64:' . base64_encode($key),
            'cookie' => $cookie,
            'prefix' => $prefix . $cache->getStore()->getPrefix(),
        ],
        'user' => ['id' => 7, 'name' => 'alice'],
        'anonymous' => $anonymous,
        'login' => $login,
        'logout' => $logout,
    ];
    $flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_FORCE_OBJECT;
    file_put_contents("$out/$name.json", json_encode($states, $flags) . "\n");
    echo "$name: recorded\n";
}
