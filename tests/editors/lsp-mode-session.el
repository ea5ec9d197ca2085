;;; lsp-mode-session.el --- What a person does with lsp-mode  -*- lexical-binding: t -*-

;;; Commentary:

;; Run in batch from the root of a workspace, with the server's program in
;; SERVER.  Tests share the workspace and the connection, in any order.

;;; Code:

(require 'ert)
(require 'headword)
(require 'lsp-mode)

(defvar lsp-mode-session-root default-directory "The root of the workspace.")

(setq headword-command (list (getenv "SERVER") "lsp")
      lsp-session-file (expand-file-name "session" (getenv "HOME"))
      lsp-enable-snippet nil
      lsp-enable-file-watchers nil
      lsp-auto-configure nil)
(setq-default eglot-workspace-configuration
              '(:headword (:search (:limit 3))))
(headword-setup-lsp-mode)
(lsp-workspace-folders-add lsp-mode-session-root)

(defmacro lsp-mode-session-wait-for (what &rest condition)
  "Wait until CONDITION holds; WHAT names it."
  (declare (indent 1))
  `(with-timeout (60 (ert-fail (concat "No " ,what)))
     (while (not (progn ,@condition))
       (accept-process-output nil 0.02))))

(defun lsp-mode-session-symbols (query)
  "Return the symbols that match QUERY."
  (append (lsp-request "workspace/symbol" (list :query query)) nil))

(defun lsp-mode-session-open (text)
  "Visit the program with a server that has its index, point at TEXT."
  (find-file (expand-file-name "pkg/app.py" lsp-mode-session-root))
  (unless (lsp-workspaces)
    (lsp))
  (lsp-mode-session-wait-for "server"
    (seq-some (lambda (workspace)
                (eq (lsp--workspace-status workspace) 'initialized))
              (lsp-workspaces)))
  (lsp-mode-session-wait-for "index"
    (lsp-mode-session-symbols "greet_politely"))
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(ert-deftest lsp-mode-session-hover ()
  "The card of the name at point is shown, behind é and 🚀."
  (lsp-mode-session-open "greet_politely(\"")
  (lsp-describe-thing-at-point)
  (with-current-buffer "*lsp-help*"
    (should (string-match-p
             "greet_politely(name: str, mark: str = \"🚀\") -> str"
             (buffer-string)))
    (should (string-match-p "Greet someone and add a mark\\." (buffer-string)))))

(ert-deftest lsp-mode-session-definition ()
  "Xref leads to another file."
  (lsp-mode-session-open "Greeter()")
  (lsp-find-definition)
  (should (equal (cons (file-name-nondirectory buffer-file-name)
                       (buffer-substring (point) (line-end-position)))
                 '("greeting.py" . "Greeter:"))))

(ert-deftest lsp-mode-session-settings ()
  "The settings that Eglot would send reach the server."
  (lsp-mode-session-open "Greeter()")
  (should (= (length (lsp-mode-session-symbols "")) 3)))

(ert-deftest lsp-mode-session-commands ()
  "The commands have a server of their own beside."
  (lsp-mode-session-open "Greeter()")
  (headword-find "Greeter.greet_loudly")
  (should (looking-at "greet_loudly")))

(provide 'lsp-mode-session)
;;; lsp-mode-session.el ends here
