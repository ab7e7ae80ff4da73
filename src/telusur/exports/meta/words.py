"""Words of Meta's exports that say what happened, in the languages that are known; every other word decides nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from telusur.domain.event import Action


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


#: A session that goes on: named first, since it may also name the login that began it.
_GOES_ON: Final = _any(
    r"updat|diperbarui|pembaruan|dikemas ?kini|aktualis|actuali[sz]|mis à jour|atualiz|обновл|更新|업데이트"
)
_LOGOUT: Final = _any(
    r"log(?:ged)?[ -]?(?:out|off)|sign(?:ed)?[ -]?out|keluar|déconnexion|abmeld|abgemeldet|ausloggen|"
    r"cerrar sesión|cierre de sesión|cerró sesión|disconness|terminar sessão|saiu|выход|登出|退出|"
    r"注销|ログアウト|로그아웃|تسجيل الخروج|đăng xuất|ออกจากระบบ|çıkış|uitlog|afmeld|metu"
)
_LOGIN: Final = _any(
    r"log(?:ged)?[ -]?(?:in|on)\b|sign(?:ed)?[ -]?in\b|masuk|connexion|anmeld|angemeldet|einloggen|"
    r"inici(?:o|ar|ó) (?:de )?sesión|acces(?:so|o)|início de sessão|entrou|entrar|вход|登录|登入|ログイン|로그인|"
    r"تسجيل الدخول|đăng nhập|เข้าสู่ระบบ|giriş|inlog|aanmeld|mlebu"
)
_CHANGES: Final[tuple[tuple[re.Pattern[str], Action], ...]] = (
    (_any(r"pass ?word|sandi|mot de passe|passwort|contraseña|senha|"
          r"пароль|密码|密碼|パスワード|비밀번호|كلمة|mật khẩu|şifre|wachtwoord"),
     "password_changed"),
    (_any(r"e-?mail|surel|correo|почт|邮|郵|メール|이메일|بريد"), "email_changed"),
    (_any(r"phone|telep[ho]|nomor|mobile|ponsel|teléfono|телефон|电话|電話|전화|هاتف|number"), "phone_changed"),
    (_any(r"vanity|user ?name|nama pengguna|nom d.utilisateur|benutzername|nombre de usuario|用户名|사용자 이름"),
     "handle_changed"),
)  # fmt: skip
#: Happenings in Facebook's record details that open or close nothing.
_IDLE: Final = _any(
    r"checkpoint|pemeriksaan|\bname|\bnama|birth|lahir|gender|kelamin|language|bahasa|profile|profil|privacy|privasi"
)


@lru_cache(maxsize=1_024)
def session_action(words: str) -> Action | None:
    """Give what a session's row says happened; ``None`` where its words are not known."""
    if _GOES_ON.search(words):
        return "session_seen"
    if _LOGOUT.search(words):
        return "logout"
    return "login" if _LOGIN.search(words) else None


def changed(words: str) -> Action | None:
    """Give which credential was changed; ``None`` where the words name none that is known."""
    return next((action for sign, action in _CHANGES if sign.search(words)), None)


def is_idle(words: str) -> bool:
    """Whether a happening is known to be no change of what opens the account."""
    return _IDLE.search(words) is not None
