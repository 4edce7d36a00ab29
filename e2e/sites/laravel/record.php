<?php
// Records what Laravel leaves in the browser and in Redis, with Laravel's own encrypter, cookie prefix, session store and cache:
//     php record.php <redis host> <redis port> <output folder>
// Needs php-cli, php-redis and php-laravel-framework of Debian, or an autoloader with the illuminate packages in AUTOLOAD.
// Later versions write the same but for the separators in the key and JSON as the default of new sites ("json" below).

declare(strict_types=1);

use Illuminate\Cache\RedisStore;
use Illuminate\Cache\Repository;
use Illuminate\Container\Container;
use Illuminate\Cookie\CookieValuePrefix;
use Illuminate\Encryption\Encrypter;
use Illuminate\Redis\RedisManager;
use Illuminate\Session\CacheBasedSessionHandler;
use Illuminate\Session\EncryptedStore;
use Illuminate\Session\Store;

require getenv('AUTOLOAD') ?: '/usr/share/php/Illuminate/autoload.php';
foreach (getenv('AUTOLOAD') ? [] : ['Cache', 'Cookie', 'Encryption', 'Redis', 'Session', 'Container', 'Support'] as $part) {
    require_once "/usr/share/php/Illuminate/$part/autoload.php";
}

const COOKIE = 'laravel_session';
const USER = 'login_web_59ba36addc2b2f9401580f014c7f58ea4e30989d';

[, $host, $port, $out] = $argv;

$variants = [
    'laravel' => ['cipher' => 'AES-256-CBC', 'encrypt' => false, 'json' => false],
    'laravel-128' => ['cipher' => 'AES-128-CBC', 'encrypt' => false, 'json' => false],
    'laravel-gcm' => ['cipher' => 'AES-256-GCM', 'encrypt' => false, 'json' => false],
    'laravel-encrypted' => ['cipher' => 'AES-256-CBC', 'encrypt' => true, 'json' => false],
    'laravel-json' => ['cipher' => 'AES-256-CBC', 'encrypt' => false, 'json' => true],
];

foreach ($variants as $name => $variant) {
    $redis = new RedisManager(new Container(), 'phpredis', [
        'options' => ['prefix' => 'laravel_database_'],
        'default' => ['host' => $host, 'port' => (int) $port, 'database' => 0],
    ]);
    $raw = new Redis();
    $raw->connect($host, (int) $port);
    $key = Encrypter::generateKey($variant['cipher']);
    $encrypter = new Encrypter($key, $variant['cipher']);
    $cache = new Repository(new RedisStore($redis, 'laravel_cache'));
    $handler = new CacheBasedSessionHandler($cache, 120);

    $open = fn () => $variant['encrypt']
        ? new EncryptedStore(COOKIE, $handler, $encrypter)
        : new Store(COOKIE, $handler);
    $save = function ($session) use ($variant, $handler) {
        if ($variant['json']) {
            $session->ageFlashData();
            $handler->write($session->getId(), json_encode($session->all()));
        } else {
            $session->save();
        }
    };
    $moment = function ($session) use ($encrypter, $key, $raw) {
        $value = CookieValuePrefix::create(COOKIE, $key) . $session->getId();
        $keys = [];
        foreach ($raw->keys('*') as $each) {
            $keys[$each] = base64_encode($raw->get($each));
        }
        return ['cookies' => COOKIE . '=' . rawurlencode($encrypter->encrypt($value, false)), 'keys' => $keys];
    };

    $raw->flushAll();
    $session = $open();
    $session->start();
    $save($session);
    $anonymous = $moment($session);

    $session->migrate(true);
    $session->put(USER, 7);
    $session->put('password_hash_web', hash('sha256', 'wonderland'));
    $session->put('name', 'alice');
    $save($session);
    $login = $moment($session);

    $session->invalidate();
    $save($session);
    $logout = ['cookies' => $login['cookies'], 'keys' => $moment($session)['keys']];

    $states = [
        'settings' => ['APP_KEY' => 'base64:' . base64_encode($key), 'prefix' => 'laravel_database_laravel_cache:'],
        'user' => ['id' => 7, 'name' => 'alice'],
        'anonymous' => $anonymous,
        'login' => $login,
        'logout' => $logout,
    ];
    $flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_FORCE_OBJECT;
    file_put_contents("$out/$name.json", json_encode($states, $flags) . "\n");
    echo "$name: recorded\n";
}
