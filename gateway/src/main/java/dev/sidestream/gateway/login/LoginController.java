package dev.sidestream.gateway.login;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The login page. The form itself is taken by Spring Security. */
@Controller
final class LoginController {

    private final LoginProperties properties;

    LoginController(LoginProperties properties) {
        this.properties = properties;
    }

    @GetMapping("/login")
    String login(
            @Nullable Principal visitor,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String logout,
            Model model) {
        if (visitor != null) {
            return "redirect:/";
        }
        model.addAttribute("refused", error != null);
        model.addAttribute("signedOut", logout != null);
        model.addAttribute("users", properties.showUsers() ? properties.users() : List.of());
        return "login";
    }
}
