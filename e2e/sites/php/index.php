<?php
// A site as many are: plain PHP, its sessions in Redis through phpredis.
// REDIS_HOST, REDIS_PORT and HANDLER (php, php_serialize or php_binary) come from the environment.

declare(strict_types=1);

require __DIR__ . '/publish.php';

const USERS = ['alice' => 'wonderland', 'bob' => 'builder'];

ini_set('session.save_handler', 'redis');
ini_set('session.save_path', 'tcp://' . (getenv('REDIS_HOST') ?: '127.0.0.1') . ':' . (getenv('REDIS_PORT') ?: '6379'));
ini_set('session.serialize_handler', getenv('HANDLER') ?: 'php');
session_start();

switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/':
        $_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + 1;
        echo '<form method="post" action="/login"><input name="username"><input name="password"></form>';
        break;
    case '/login':
        $name = $_POST['username'] ?? '';
        if (!isset(USERS[$name]) || USERS[$name] !== ($_POST['password'] ?? '')) {
            http_response_code(401);
            break;
        }
        session_regenerate_id(true);
        $_SESSION['user'] = ['id' => array_search($name, array_keys(USERS), true) + 1, 'name' => $name];
        echo 'hello ', $name;
        break;
    case '/whoami':
        if (!isset($_SESSION['user'])) {
            http_response_code(401);
            break;
        }
        header('Content-Type: application/json');
        echo json_encode($_SESSION['user']);
        break;
    case '/orders':
        $redis = new Redis();
        $redis->connect(getenv('REDIS_HOST') ?: '127.0.0.1', (int) (getenv('REDIS_PORT') ?: 6379));
        sidestream_publish($redis, 'orders', 'a new order', $_SESSION['user']['name']);
        http_response_code(201);
        break;
    case '/logout':
        $_SESSION = [];
        session_destroy();
        echo 'bye';
        break;
    default:
        http_response_code(404);
}
