package dev.sidestream.channel.autoconfigure;

import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.redis.RedisChannelLayer;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;

/**
 * Where the application has Spring Data Redis: the channel layer on the Redis of the application, on connections of its own: the application's connection factory is neither
 * used nor changed. A {@link ChannelLayer} bean of the application takes its place.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnClass(DataRedisConnectionDetails.class)
@EnableConfigurationProperties({ChannelLayerProperties.class, NodeProperties.class})
public class ChannelLayerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    RedisLink sidestreamRedisLink(
            DataRedisConnectionDetails details, DataRedisProperties redis, ChannelLayerProperties properties) {
        return RedisLink.to(
                new EndpointsFactory(details, redis).create(), RedisLinkOptions.of(properties.commandTimeout()));
    }

    @Bean
    @ConditionalOnMissingBean(ChannelLayer.class)
    @ConditionalOnBean(RedisLink.class)
    RedisChannelLayer channelLayer(RedisLink link, ChannelLayerProperties properties, NodeProperties node) {
        return new RedisChannelLayer(link, properties.settings(node));
    }

    @Bean
    @ConditionalOnBean(RedisChannelLayer.class)
    ChannelLayerStarter channelLayerStarter(RedisChannelLayer layer) {
        return new ChannelLayerStarter(layer);
    }
}
