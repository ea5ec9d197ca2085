;;; emacs-session.el --- What a person does in Emacs  -*- lexical-binding: t -*-

;;; Commentary:

;; Run in batch from the root of a workspace, with the server's program in
;; HEADWORD.  Tests share the workspace and the connection, in any order.

;;; Code:

(require 'cl-lib)
(require 'ert)
(require 'headword)
(require 'imenu)

(defvar emacs-session-patience 60 "Seconds to wait for what must happen.")
(defvar emacs-session-root default-directory "The root of the workspace.")

(setq headword-command (list (getenv "SERVER") "lsp")
      eglot-sync-connect t
      eglot-connect-timeout emacs-session-patience)
(setq-default eglot-workspace-configuration
              '(:headword (:search (:limit 3))))
(headword-setup)

(defmacro emacs-session-wait-for (what &rest condition)
  "Wait until CONDITION holds; WHAT names it."
  (declare (indent 1))
  `(with-timeout (emacs-session-patience (ert-fail (concat "No " ,what)))
     (while (not (progn ,@condition))
       (accept-process-output nil 0.02))))

;; The end of what a program prints to a terminal may be lost when it exits.
(setq process-connection-type nil)

(defun emacs-session-wait-for-output (buffer text)
  "Wait until what the program in BUFFER prints matches TEXT; end the program."
  (emacs-session-wait-for (with-current-buffer buffer (buffer-string))
    (with-current-buffer buffer
      (string-match-p text (buffer-string))))
  (when-let ((process (get-buffer-process buffer)))
    (delete-process process)))

(defun emacs-session-symbols (query)
  "Return the names of the symbols that match QUERY."
  (mapcar (lambda (symbol) (plist-get symbol :name))
          (jsonrpc-request (eglot-current-server) :workspace/symbol
                           (list :query query))))

(defun emacs-session-open (path &optional text)
  "Visit PATH with a server that has its index, point at TEXT."
  (let ((file (expand-file-name path emacs-session-root)))
    (make-directory (file-name-directory file) t)
    (find-file file))
  (unless (eglot-current-server)
    (call-interactively #'eglot))
  (emacs-session-wait-for "index"
    (member "greet_politely" (emacs-session-symbols "greet_politely")))
  (goto-char (point-min))
  (when text
    (search-forward text)
    (goto-char (match-beginning 0))))

(defun emacs-session-here ()
  "Return the file and the text that point is at."
  (cons (file-name-nondirectory buffer-file-name)
        (buffer-substring (point) (line-end-position))))

(defun emacs-session-read (path)
  "Return the text of the file PATH."
  (with-temp-buffer
    (insert-file-contents (expand-file-name path emacs-session-root))
    (buffer-string)))

(defun emacs-session-visible (text)
  "Return TEXT without what Markdown mode hides."
  (let ((position 0) (parts nil))
    (while (< position (length text))
      (let ((next (next-single-property-change
                   position 'invisible text (length text))))
        (unless (get-text-property position 'invisible text)
          (push (substring-no-properties text position next) parts))
        (setq position next)))
    (string-trim-left (string-join (nreverse parts)))))

(defun emacs-session-hover ()
  "Return what ElDoc would show of the symbol at point."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (emacs-session-wait-for "hover" shown)
    (emacs-session-visible shown)))

(ert-deftest emacs-session-connects ()
  "The server starts and says its name."
  (emacs-session-open "pkg/app.py")
  (should (eglot-managed-p))
  (should (equal (plist-get (eglot--server-info (eglot-current-server)) :name)
                 "Headword")))

(ert-deftest emacs-session-settings ()
  "What `eglot-workspace-configuration' says reaches the server."
  (emacs-session-open "pkg/app.py")
  (should (= (length (emacs-session-symbols "")) 3)))

(ert-deftest emacs-session-hover-shows-the-signature ()
  "ElDoc gets the signature in line 1, behind é and 🚀, without entities."
  (emacs-session-open "pkg/app.py" "greet_politely(\"")
  (let ((card (emacs-session-hover)))
    (should (string-match-p
             "\\`\\(def \\)?greet_politely(name: str, mark: str = \"🚀\") -> str"
             card))
    (should (string-match-p "Greet someone and add a mark\\." card))
    (should-not (string-match-p "&\\(lt\\|gt\\|amp\\|nbsp\\);\\|<br" card))))

(ert-deftest emacs-session-definition ()
  "Xref leads to another file."
  (emacs-session-open "pkg/app.py" "greet_politely(\"")
  (let ((xrefs (xref-backend-definitions
                'eglot (xref-backend-identifier-at-point 'eglot))))
    (should (= (length xrefs) 1))
    (call-interactively #'xref-find-definitions)
    (should (equal (emacs-session-here)
                   '("greeting.py" .
                     "greet_politely(name: str, mark: str = \"🚀\") -> str:")))))

(ert-deftest emacs-session-declaration-type-implementation ()
  "Xref leads to the import, the class of a value, and what overrides a method."
  (let ((xref-auto-jump-to-first-xref t))
    (emacs-session-open "pkg/app.py" "greet_politely(\"")
    (eglot-find-declaration)
    (should (equal (emacs-session-here) '("app.py" . "greet_politely")))
    (emacs-session-open "pkg/softly.py" "softly.hush")
    (eglot-find-typeDefinition)
    (should (equal (emacs-session-here) '("softly.py" . "Softly(Hush):")))
    (emacs-session-open "pkg/softly.py" "hush(self)")
    (eglot-find-implementation)
    (should (equal (emacs-session-here) '("softly.py" . "hush(self):")))
    (should (= (line-number-at-pos) 12))))

(ert-deftest emacs-session-signature ()
  "ElDoc gets the signature of the call at hand."
  (emacs-session-open "pkg/greeting.py" "name, \"🚀\"")
  (let (shown)
    (eglot-signature-eldoc-function (lambda (text &rest _) (setq shown text)))
    (emacs-session-wait-for "signature" shown)
    (should (string-match-p "mark: str" shown))))

(ert-deftest emacs-session-highlights ()
  "The places of the name at point are highlighted."
  (emacs-session-open "pkg/greeting.py" "ACCENT")
  (funcall (if (fboundp 'eglot-highlight-eldoc-function)
               'eglot-highlight-eldoc-function
             'eglot-hover-eldoc-function)
           #'ignore)
  (emacs-session-wait-for "highlights" eglot--highlights))

(ert-deftest emacs-session-docstring ()
  "A code action inserts a docstring."
  (emacs-session-open "pkg/softly.py" "hush(self):\n        return")
  (unwind-protect
      (emacs-session-act "Insert docstring"
        (goto-char (point-min))
        (search-forward "hush(self):\n        \"\"\"TODO" nil t))
    (revert-buffer t t)))

(ert-deftest emacs-session-markdown ()
  "In Markdown, code that names a definition has a card and leads there."
  (headword-setup '(text-mode :language-id "markdown"))
  (find-file (expand-file-name "notes.md" emacs-session-root))
  (insert "# é🚀\n\nCall `pkg.greeting.greet_politely` 🚀.\n")
  (text-mode)
  (call-interactively #'eglot)
  (emacs-session-wait-for "index"
    (emacs-session-symbols "greet_politely"))
  (search-backward "greet_politely")
  (unwind-protect
      (progn
        (should (string-match-p "Greet someone and add a mark\\."
                                (emacs-session-hover)))
        (xref-find-definitions (xref-backend-identifier-at-point 'eglot))
        (should (equal (car (emacs-session-here)) "greeting.py")))
    (with-current-buffer "notes.md"
      (eglot-shutdown (eglot-current-server))
      (set-buffer-modified-p nil)
      (kill-buffer))))

(ert-deftest emacs-session-references-and-rename ()
  "Xref lists references; a rename changes every file."
  (emacs-session-open "pkg/app.py" "greet_politely(\"")
  (let ((found (xref-backend-references
                'eglot (xref-backend-identifier-at-point 'eglot))))
    (should (> (length found) 1)))
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (eglot-rename "greet_kindly"))
  (dolist (path '("pkg/app.py" "pkg/greeting.py"))
    (with-current-buffer (find-file-noselect
                          (expand-file-name path emacs-session-root))
      (should (string-match-p "greet_kindly" (buffer-string)))
      (revert-buffer t t))))

(ert-deftest emacs-session-completion ()
  "Completion at point offers what the server knows."
  (emacs-session-open "pkg/app.py" "greet_politely(\"")
  (forward-char 3)
  (let ((capf (eglot-completion-at-point)))
    (should (member "greet_politely"
                    (mapcar #'string-trim
                            (all-completions "" (nth 2 capf)))))))

(ert-deftest emacs-session-imenu ()
  "Imenu lists classes, methods and functions."
  (emacs-session-open "pkg/greeting.py")
  (let ((index (format "%S" (funcall imenu-create-index-function))))
    (dolist (name '("ACCENT" "Greeter" "greet_loudly" "greet_politely"))
      (should (string-match-p (regexp-quote name) index)))))

(ert-deftest emacs-session-unsaved-edit ()
  "A symbol that is not saved yet is found."
  (emacs-session-open "pkg/greeting.py")
  (goto-char (point-max))
  (insert "\n\ndef greet_newly():\n    \"\"\"é🚀\"\"\"\n")
  (eglot--signal-textDocument/didChange)
  (unwind-protect
      (should (member "greet_newly" (emacs-session-symbols "greet_newly")))
    (revert-buffer t t)))

(defmacro emacs-session-act (title &rest condition)
  "Run the code action TITLE at point, as by keys, and wait for CONDITION."
  (declare (indent 1))
  `(cl-letf* ((last-nonmenu-event ?a)   ; not a click of the mouse
              ((symbol-function 'y-or-n-p) #'always)
              ((symbol-function 'completing-read)
               (lambda (_prompt titles &rest _) (car (assoc ,title titles)))))
     (call-interactively #'eglot-code-actions)
     (emacs-session-wait-for ,title ,@condition)))

(ert-deftest emacs-session-code-action ()
  "The code action \"Generate doc page\" makes a page to be saved."
  (emacs-session-open "pkg/greeting.py")
  (let* ((page "docs/headword/pkg/greeting.py_docs.md")
         (file (expand-file-name page emacs-session-root)))
    (emacs-session-act "Generate doc page"
      (when-let ((buffer (find-buffer-visiting file)))
        (buffer-modified-p buffer)))
    (with-current-buffer (find-buffer-visiting file)
      (save-buffer)
      (kill-buffer))                    ; Eglot 1.9 takes it for Python
    (should (string-match-p "greeting\\.py" (emacs-session-read page)))
    (should-not (string-suffix-p "\n\n" (emacs-session-read page)))))

(ert-deftest emacs-session-generate-page ()
  "The command writes the page, and says when there is nothing to do."
  (emacs-session-open "pkg/app.py")
  (headword-generate-page)
  (should (string-match-p
           "app\\.py" (emacs-session-read "docs/headword/pkg/app.py_docs.md")))
  (emacs-session-open "pkg/app.py")
  (should (equal (headword-generate-page) "The page is up to date")))

(ert-deftest emacs-session-page-edited-by-hand ()
  "A page that was edited by hand is left alone, and that is said."
  (emacs-session-open "pkg/greeting.py")
  (let ((page (expand-file-name "docs/headword/pkg/greeting.py_kw.md"
                                emacs-session-root)))
    (headword-generate-keywords)
    (with-current-buffer (find-file-noselect page)
      (goto-char (point-max))
      (insert "By hand: é🚀.\n")
      (save-buffer))
    (emacs-session-open "pkg/greeting.py")
    (unwind-protect
        (should (string-match-p
                 "edited by hand"
                 (cadr (should-error (headword-generate-keywords)
                                     :type 'user-error))))
      (delete-file page)
      (kill-buffer (find-buffer-visiting page)))))

(ert-deftest emacs-session-generate-folder-and-workspace ()
  "The program writes the pages of a folder, and all of them."
  (emacs-session-open "pkg/app.py")
  (let ((page (expand-file-name "docs/headword/pkg/__init__.py_docs.md"
                                emacs-session-root)))
    (dolist (command (list (lambda () (headword-generate-folder
                                       (expand-file-name "pkg" emacs-session-root)))
                           #'headword-generate-workspace))
      (should-not (file-exists-p page))
      (emacs-session-wait-for-output (funcall command) "[0-9] created")
      (delete-file page))))

(ert-deftest emacs-session-generate-as-the-settings-say ()
  "The program gets the settings that Eglot sends."
  (emacs-session-open "pkg/app.py")
  (let* ((eglot-workspace-configuration
          '(:headword (:diagnostics (:syntax :json-false)
                       :pages (:out "docs/é 🚀" :source "link"))))
         (page "docs/é 🚀/pkg/__init__.py_docs.md"))
    (emacs-session-wait-for-output (headword-generate-workspace) "[0-9] created")
    (should-not (string-match-p "```python" (emacs-session-read page)))
    (delete-directory (expand-file-name "docs/é 🚀" emacs-session-root) t)))

(ert-deftest emacs-session-generate-keywords ()
  "The command writes the keyword page."
  (emacs-session-open "pkg/app.py")
  (headword-generate-keywords)
  (should (string-match-p
           "app\\.py" (emacs-session-read "docs/headword/pkg/app.py_kw.md"))))

(defun emacs-session-preview-has (text)
  "Return whether the preview of this buffer shows TEXT."
  (with-current-buffer (headword--preview-name)
    (string-match-p text (buffer-string))))

(defun emacs-session-check-preview ()
  "Preview the page of this buffer, and see it follow what is typed."
  (headword-preview-page)
  (unwind-protect
      (progn
        (should (emacs-session-preview-has "greet_politely"))
        (goto-char (point-max))
        (insert "\n\ndef greet_soon():\n    \"\"\"é🚀\"\"\"\n")
        (should headword--preview-timer)
        (timer-event-handler headword--preview-timer)
        (should (emacs-session-preview-has "greet_soon")))
    (kill-buffer (headword--preview-name))
    (revert-buffer t t)))

(ert-deftest emacs-session-preview ()
  "The preview shows the page as it is now, also one that is up to date."
  (emacs-session-open "pkg/greeting.py")
  (emacs-session-check-preview)
  (headword-generate-page)
  (emacs-session-open "pkg/greeting.py")
  (emacs-session-check-preview))

(ert-deftest emacs-session-looking-changes-no-folder ()
  "Code actions that are only looked at make no folder, and previews neither."
  (emacs-session-open "pkg/lone/lone.py")
  (let ((folder (expand-file-name "docs/headword/pkg/lone" emacs-session-root)))
    (delete-directory folder t)
    (emacs-session-wait-for "actions"
      (append (eglot-code-actions (point-min) (point-min)) nil))
    (with-current-buffer (progn (headword-preview-page)
                                "*headword lone.py*")
      (should (string-match-p "lone\\.py" (buffer-string)))
      (kill-buffer))
    (should-not (file-exists-p folder))
    (kill-buffer)))

(ert-deftest emacs-session-without-eglot ()
  "Where Eglot runs no Headword the commands have a server of their own."
  (let ((folder (file-name-as-directory (make-temp-file "é 🚀" t))))
    (unwind-protect
        (progn
          (copy-file (expand-file-name "pkg/greeting.py" emacs-session-root)
                     folder)
          (find-file (expand-file-name "greeting.py" folder))
          (should-not (eglot-managed-p))
          (emacs-session-check-preview)
          (headword-find "Greeter.greet_loudly")
          (should (equal (emacs-session-here)
                         '("greeting.py" .
                           "greet_loudly(self, name: str) -> str:")))
          (headword-generate-keywords)
          (let ((page (expand-file-name "docs/headword/greeting.py_kw.md"
                                        folder)))
            (should (file-exists-p page))
            (kill-buffer (find-buffer-visiting page)))
          (should (= (length headword--own-servers) 1)))
      (delete-directory folder t))))

(ert-deftest emacs-session-coverage ()
  "What has no docstring is listed with its places."
  (emacs-session-open "pkg/app.py")
  (emacs-session-wait-for-output
   (headword-coverage) "pkg/softly\\.py:11: class pkg\\.softly\\.Softly"))

(ert-deftest emacs-session-find ()
  "Several matches are offered with what they are; the chosen is visited."
  (emacs-session-open "pkg/app.py")
  (let (annotation)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt candidates &rest _)
                 (let ((text (caar (seq-filter
                                    (lambda (candidate)
                                      (string-prefix-p "greet_loudly" (car candidate)))
                                    candidates))))
                   (setq annotation
                         (funcall (plist-get completion-extra-properties
                                             :annotation-function)
                                  text))
                   text))))
      (headword-find "greet"))
    (should (string-match-p "method in .*Greeter" annotation))
    (should (equal (emacs-session-here)
                   '("greeting.py" . "greet_loudly(self, name: str) -> str:")))))

(ert-deftest emacs-session-index ()
  "Keywords are offered; the chosen one's place is visited."
  (emacs-session-open "pkg/app.py")
  (let (offered)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt names &rest _) (setq offered names) "Softly")))
      (call-interactively #'headword-index))
    (should (member "greet_politely" offered))
    (should-not (member "print" offered))
    (should (equal (emacs-session-here) '("softly.py" . "Softly(Hush):")))))

(ert-deftest emacs-session-diagnostics ()
  "Syntax errors reach Flymake."
  (emacs-session-open "pkg/broken.py")
  (insert "\"\"\"é🚀\"\"\"\ndef broken(:\n")
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (unwind-protect
      (emacs-session-wait-for "diagnostic" (flymake-diagnostics))
    (set-buffer-modified-p nil)
    (kill-buffer)))

(provide 'emacs-session)
;;; emacs-session.el ends here
