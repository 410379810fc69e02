package dev.podium.wire.identity;

/// Signs texts in the name of one VM or console. May be used from any thread.
public interface TextSigner {
  /// Before what a VM signs.
  String VM = "podium vm: ";

  /// Before what a console signs that is no invite: a token's first part has no spaces.
  String CONSOLE = "podium console: ";

  /// The id of the key that signs now.
  String key();

  /// A signature by [#key], base64url. The sender's kind stands before the signed text, so that no
  /// word of a VM is ever one of a console.
  String sign(String text);

  /// A VM's own.
  static TextSigner ofVm(Ed25519KeyPair pair) {
    return new TextSigner() {
      @Override
      public String key() {
        return pair.publicKey().id();
      }

      @Override
      public String sign(String text) {
        return Base64Url.encode(pair.sign(VM + text));
      }
    };
  }
}
