<?php
// Posts to a Sidestream room from PHP: sidestream_publish($redis, 'lobby', 'hello', 'alice').

declare(strict_types=1);

/**
 * Returns the id that clients see. $redis is a connected Redis of phpredis, without a prefix or serializer of its own, for the
 * Redis that Sidestream uses. Room names beyond ASCII must be in Unicode form C (Normalizer::normalize of intl).
 */
function sidestream_publish(Redis $redis, string $room, mixed $message, string $user = ''): string
{
    static $script = null;
    $script ??= file_get_contents(__DIR__ . '/publish.lua');
    $prefix = 'ss:{p' . crc32($room) % 16 . '}:';
    $name = rawurlencode($room);
    $keys = ["{$prefix}meta:$name", "{$prefix}room:$name", "{$prefix}log", "{$prefix}life"];
    $data = json_encode($message, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
    $answer = $redis->eval($script, [...$keys, $room, $user, '', $data], count($keys));
    if ($answer === false) {
        throw new RuntimeException('Not published: ' . $redis->getLastError());
    }
    [$epoch, $seq, $entry] = $answer;

    return "$entry.$seq.$epoch";
}
